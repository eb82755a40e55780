package io.scrip.gateway;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** How the event loops talk to the kernel. */
public enum Transport {
    /** The best that is known to be good here: epoll, or else the JDK's. */
    AUTO("auto"),
    /** Linux's epoll, through native code. */
    EPOLL("epoll"),
    /** Linux's io_uring, through native code; containers often forbid it. */
    IO_URING("io_uring"),
    /** The JDK's own, everywhere. */
    NIO("nio");

    private final String option;

    Transport(String option) {
        this.option = option;
    }

    /** The word for it on the command line. */
    public String option() {
        return option;
    }

    /** What this means on this machine: anything but {@link #AUTO}. */
    public Transport chosen() {
        return this != AUTO ? this : Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** Why this machine does not offer it, in one line; {@code null} when it does. */
    public String whyNot() {
        Throwable cause = null;
        if (this == EPOLL && !Epoll.isAvailable()) {
            cause = Epoll.unavailabilityCause();
        } else if (this == IO_URING && !IoUring.isAvailable()) {
            cause = IoUring.unavailabilityCause();
        }
        if (cause == null) {
            return null;
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return option + " is not to be had here: "
                + String.valueOf(root.getMessage()).replaceAll("[\\r\\n]+", " ");
    }

    /** @param lingerNs how long an event loop stays awake after work, see {@link Lingering}; only epoll knows it */
    IoHandlerFactory handlers(long lingerNs) {
        return switch (chosen()) {
            case EPOLL ->
                lingerNs == 0
                        ? EpollIoHandler.newFactory()
                        : EpollIoHandler.newFactory(0, () -> new Lingering(lingerNs));
            case IO_URING -> IoUringIoHandler.newFactory();
            default -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerSocketChannel> channels() {
        return switch (chosen()) {
            case EPOLL -> EpollServerSocketChannel.class;
            case IO_URING -> IoUringServerSocketChannel.class;
            default -> NioServerSocketChannel.class;
        };
    }
}

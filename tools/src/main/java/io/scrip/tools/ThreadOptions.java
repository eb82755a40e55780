package io.scrip.tools;

import io.scrip.gateway.Transport;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options about threads; what is not given follows the number of cores, see {@link ThreadLayout#forCores}. */
final class ThreadOptions {
    @Option(
            names = "--event-loops",
            paramLabel = "N",
            description = "Threads that read requests and write answers (default: half of the cores, 2 to 6).")
    Integer eventLoops;

    @Option(
            names = "--pipeline-threads",
            paramLabel = "1|2",
            description = "1: journal and ledger share a thread; 2: a thread each (default: 2 from 4 cores on).")
    Integer pipelineThreads;

    @Option(
            names = "--wait-strategy",
            paramLabel = "block|spin",
            description =
                    "How the pipeline waits for commands. block: asleep. spin: awake, for the lowest latency and a"
                            + " core per thread (default: spin from 8 cores on).")
    ThreadLayout.Wait wait;

    @Option(
            names = "--linger",
            paramLabel = "MICROSECONDS",
            description =
                    "How long an event loop stays awake after it had something to do, giving way to others; with epoll"
                            + " only (0 to 10000; default: 0).")
    Integer lingerUs;

    @Option(
            names = "--transport",
            paramLabel = "epoll|io_uring|nio",
            description = "How event loops talk to the kernel (default: epoll, or nio where that is not to be had).",
            converter = TransportWord.class)
    Transport transport;

    @Option(
            names = "--pin",
            paramLabel = "CPU,…",
            description = "CPUs for the pipeline's threads and then the event loops, one each (default: none).")
    String pins;

    /** Takes the words that the documentation uses, in any case. */
    static final class TransportWord implements ITypeConverter<Transport> {
        @Override
        public Transport convert(String word) {
            for (Transport transport : Transport.values()) {
                if (transport.option().equalsIgnoreCase(word)) {
                    return transport;
                }
            }
            throw new TypeConversionException("one of epoll, io_uring and nio is needed, not " + word);
        }
    }
}

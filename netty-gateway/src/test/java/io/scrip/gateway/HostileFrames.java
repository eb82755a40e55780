package io.scrip.gateway;

import java.util.ArrayList;
import java.util.List;

/** Requests that parsers are known to disagree about: what request smugglers send. */
public final class HostileFrames {
    private static final String GET = "GET /healthz HTTP/1.1\r\n";
    private static final String POST = "POST /api/v1/transfers HTTP/1.1\r\nHost: a\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    private HostileFrames() {}

    public static List<String> all() {
        List<String> all = new ArrayList<>();
        all.addAll(twoLengths());
        all.addAll(transferCodings());
        all.addAll(chunks());
        all.addAll(lines());
        all.addAll(requestLines());
        all.addAll(hosts());
        all.addAll(repeatedHeaders());
        return all;
    }

    private static List<String> twoLengths() {
        return List.of(
                POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                POST + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                POST + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
                POST + "Content-Length: 4, 4\r\n\r\nabcd",
                POST + "Content-Length: 4, 5\r\n\r\nabcd",
                POST + "Content-Length: +4\r\n\r\nabcd",
                POST + "Content-Length: -1\r\n\r\nabcd",
                POST + "Content-Length: 0x4\r\n\r\nabcd",
                POST + "Content-Length: 4 4\r\n\r\nabcd",
                POST + "Content-Length: 4;q=1\r\n\r\nabcd",
                POST + "Content-Length: 4.0\r\n\r\nabcd",
                POST + "Content-Length: 1e1\r\n\r\nabcd",
                POST + "Content-Length: \r\n\r\nabcd",
                POST + "Content-Length: 18446744073709551617\r\n\r\nabcd",
                POST + "Content-Length: 99999999999999999999999999\r\n\r\nabcd",
                POST + "Content-Length : 4\r\n\r\nabcd",
                POST + "Content-Length\t: 4\r\n\r\nabcd");
    }

    private static List<String> transferCodings() {
        return List.of(
                POST + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\nabcd",
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: \u0000chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n x\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding:\r\n\tchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: \u00e9chunked\r\n\r\n0\r\n\r\n",
                "POST /api/v1/transfers HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/v1/transfers HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n");
    }

    private static List<String> chunks() {
        return List.of(
                CHUNKED + "x\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "-3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "+3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "0x3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + " 3\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3 \r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3\nabc\r\n0\r\n\r\n",
                CHUNKED + "3\r\nabcd\r\n0\r\n\r\n",
                CHUNKED + "3\r\nabc0\r\n\r\n",
                CHUNKED + "3\r\nabc\n0\r\n\r\n",
                CHUNKED + "3;a=b\nc\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3;a\u0000=b\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "100000003\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "ffffffffffffffff1\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "\r\nabc\r\n0\r\n\r\n",
                CHUNKED + ";\r\nabc\r\n0\r\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n",
                CHUNKED + "3\r\nabc\r\n0\r\nX-Trailer : 1\r\n\r\n");
    }

    private static List<String> lines() {
        return List.of(
                "GET /healthz HTTP/1.1\nHost: a\n\n",
                "GET /healthz HTTP/1.1\r\nHost: a\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX: b\rY: c\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\n X: b\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n Host: a\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX: b\u0000c\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX: b\u0008c\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX\u0000: b\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX(y): b\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nX: \u007f\r\n\r\n");
    }

    private static List<String> requestLines() {
        return List.of(
                "GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /healthz  HTTP/1.1\r\nHost: a\r\n\r\n",
                " GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET\t/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /healthz\r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/1.1 x\r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/0.9\r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/1.10\r\nHost: a\r\n\r\n",
                "GET /healthz http/1.1\r\nHost: a\r\n\r\n",
                "GET /healthz XTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /heal\u0000thz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /heal\u00e9thz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /healthz#x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "G(T /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u0001GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "\rGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n");
    }

    private static List<String> hosts() {
        return List.of(
                GET + "\r\n",
                GET + "Host: a\r\nHost: a\r\n\r\n",
                GET + "Host: a\r\nHost: b\r\n\r\n",
                GET + "Host: a, b\r\n\r\n",
                GET + "Host: a b\r\n\r\n",
                GET + "Host: a/b\r\n\r\n",
                GET + "Host: u@a\r\n\r\n",
                GET + "Host:\r\n\r\n",
                GET + "Host : a\r\n\r\n",
                "GET http://b/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://a@b/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET ftp://a/healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private static List<String> repeatedHeaders() {
        return List.of(
                GET + "Host: a\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y\r\n\r\n",
                GET + "Host: a\r\nContent-Type: a/b\r\nContent-Type: a/c\r\n\r\n",
                GET + "Host: a\r\nIdempotency-Key: x\r\nIdempotency-Key: y\r\n\r\n");
    }
}

package io.ringgate.http;

/** What is served at a path of an edge listener. Paths are compared as they came: nothing is decoded, no slash is added or removed. */
enum Route {
    WRITE,
    HEALTHY,
    READY,
    NONE;

    static Route of(String path) {
        return switch (path) {
            case "/api/v1/receive", "/api/v1/write", "/api/v1/push" -> WRITE;
            case "/-/healthy" -> HEALTHY;
            case "/-/ready" -> READY;
            default -> NONE;
        };
    }
}

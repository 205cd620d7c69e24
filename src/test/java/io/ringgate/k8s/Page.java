package io.ringgate.k8s;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a program on this machine shows. */
final class Page {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Page() {}

    /** The page's text; fails unless it is answered with 200. */
    static String of(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answers " + answer.statusCode());
        }
        return answer.body();
    }
}

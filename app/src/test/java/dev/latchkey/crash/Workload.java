package dev.latchkey.crash;

import dev.latchkey.crash.Journal.State;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Uploads, deletes, purges, signs in and out and joins, until the server goes away; the journal learns of each. */
final class Workload implements Runnable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ServerProcess server;
    private final Journal journal;
    private final String admin;
    private final AtomicBoolean over;
    private final SplittableRandom random;

    Workload(ServerProcess server, Journal journal, String admin, AtomicBoolean over, long seed) {
        this.server = server;
        this.journal = journal;
        this.admin = admin;
        this.over = over;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        while (!over.get()) {
            try {
                int dice = random.nextInt(10);
                if (dice < 5) {
                    upload();
                } else if (dice < 7) {
                    change("DELETE", "/api/media/", State.STORED, State.TRASHED);
                } else if (dice < 8) {
                    change("DELETE", "/api/trash/", State.TRASHED, State.PURGED);
                } else if (dice < 9) {
                    signInAndOut();
                } else {
                    join();
                }
            } catch (IOException e) {
                return; // the server was killed under us
            }
        }
    }

    private void upload() throws IOException {
        byte[] content = new byte[1 + random.nextInt(200_000)];
        random.nextBytes(content);
        String hash = sha256(content);
        journal.sent.add(hash);
        HttpResponse<byte[]> answer = server.send("PUT", "/api/media/raw?filename=f.bin", admin, content);
        expect(answer, 201);
        long id = Long.parseLong(ServerProcess.field(answer, "id"));
        journal.uploads.put(id, hash);
        journal.states.put(id, State.STORED);
    }

    private void change(String method, String path, State from, State to) throws IOException {
        List<Long> candidates = journal.idsIn(from);
        if (candidates.isEmpty()) {
            return;
        }
        Long id = candidates.get(random.nextInt(candidates.size()));
        if (journal.states.replace(id, from, State.UNCERTAIN)) {
            expect(server.send(method, path + id, admin, null), 204);
            journal.states.put(id, to);
        }
    }

    private void signInAndOut() throws IOException {
        HttpResponse<byte[]> answer = server.json("/api/auth/login", null, CrashTest.ADMIN);
        expect(answer, 200);
        String token = ServerProcess.field(answer, "token");
        if (random.nextBoolean()) {
            journal.liveTokens.add(token);
        } else {
            expect(server.json("/api/auth/logout", token, "{}"), 200);
            journal.deadTokens.add(token);
        }
    }

    private void join() throws IOException {
        HttpResponse<byte[]> invite = server.json("/api/auth/invites", admin, "{}");
        expect(invite, 200);
        String token = ServerProcess.field(invite, "invite_token");
        expect(server.json("/api/auth/join-requests", null, joinBody(token)), 200);
        journal.usedInvites.add(token);
    }

    static String joinBody(String inviteToken) {
        return "{\"invite_token\":\"" + inviteToken + "\",\"username\":\"u" + NAMES.incrementAndGet()
                + "\",\"password\":\"a phrase of some length\"}";
    }

    private static void expect(HttpResponse<byte[]> answer, int status) {
        if (answer.statusCode() != status) {
            throw new AssertionError(
                    answer.request().uri() + " answered " + answer.statusCode() + ": " + new String(answer.body()));
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

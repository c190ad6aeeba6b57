import java.io.DataInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import net.handle.hdllib.*;

/** A server made of Handle.Net's own encoder, for the client under test: says what it was asked, and answers as Handle.Net does. */
public final class HandleServerPeer {
    private static final byte[] SECRET = "secret \u00e9".getBytes(StandardCharsets.ISO_8859_1);
    private static KeyPair key;
    private static PublicKey adminKey;
    private static ChallengeResponse challenge;
    private static AbstractRequest challenged;

    public static void main(String[] args) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(args[0]);
        generator.initialize(2048);
        key = generator.generateKeyPair();
        adminKey = Util.getPublicKeyFromBytes(Util.encodeHexString(args[1]));
        DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        ServerSocket tcp = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        System.out.println("ready " + udp.getLocalPort() + " " + tcp.getLocalPort() + " " + Util.decodeHexString(Util.getBytesFromPublicKey(key.getPublic()), false));
        Thread datagrams = new Thread(() -> datagrams(udp));
        datagrams.setDaemon(true);
        datagrams.start();
        Thread connections = new Thread(() -> connections(tcp));
        connections.setDaemon(true);
        connections.start();
        while (System.in.read() >= 0) { }
    }

    private static void datagrams(DatagramSocket socket) {
        try {
            byte[] whole = null;
            int seen = 0;
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[Common.MAX_UDP_PACKET_SIZE], Common.MAX_UDP_PACKET_SIZE);
                socket.receive(packet);
                MessageEnvelope envelope = new MessageEnvelope();
                Encoder.decodeEnvelope(packet.getData(), envelope);
                byte[] part = Arrays.copyOfRange(packet.getData(), Common.MESSAGE_ENVELOPE_SIZE, packet.getLength());
                if (whole == null || whole.length != envelope.messageLength) { whole = new byte[envelope.messageLength]; seen = 0; }
                System.arraycopy(part, 0, whole, envelope.messageId * Common.MAX_UDP_DATA_SIZE, part.length);
                seen += part.length;
                if (seen < whole.length) continue;
                if ((envelope.truncated) != (whole.length > Common.MAX_UDP_DATA_SIZE)) throw new Exception("truncated flag");
                byte[] message = answer(envelope, whole, "udp");
                whole = null;
                for (int at = 0; at * Common.MAX_UDP_DATA_SIZE < message.length; at++) {
                    byte[] body = Arrays.copyOfRange(message, at * Common.MAX_UDP_DATA_SIZE, Math.min(message.length, (at + 1) * Common.MAX_UDP_DATA_SIZE));
                    byte[] datagram = new byte[body.length + Common.MESSAGE_ENVELOPE_SIZE];
                    envelope.messageId = at;
                    envelope.truncated = false;
                    Encoder.encodeEnvelope(envelope, datagram);
                    System.arraycopy(body, 0, datagram, Common.MESSAGE_ENVELOPE_SIZE, body.length);
                    socket.send(new DatagramPacket(datagram, datagram.length, packet.getSocketAddress()));
                }
            }
        } catch (Exception error) {
            error.printStackTrace();
        }
    }

    private static void connections(ServerSocket server) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    byte[] head = new byte[Common.MESSAGE_ENVELOPE_SIZE];
                    in.readFully(head);
                    MessageEnvelope envelope = new MessageEnvelope();
                    Encoder.decodeEnvelope(head, envelope);
                    byte[] body = new byte[envelope.messageLength];
                    in.readFully(body);
                    byte[] message = answer(envelope, body, "tcp");
                    Encoder.encodeEnvelope(envelope, head);
                    socket.getOutputStream().write(Util.concat(head, message));
                }
            }
        } catch (Exception error) {
            error.printStackTrace();
        }
    }

    /** The answer without its envelope, which is changed into that of the answer. */
    private static byte[] answer(MessageEnvelope envelope, byte[] message, String by) throws Exception {
        AbstractRequest request = (AbstractRequest) Encoder.decodeMessage(message, 0, envelope);
        AbstractResponse response = respond(request, by);
        response.requestId = envelope.requestId;
        if (response.certify) {
            Signature signer = Signature.getInstance(Util.getDefaultSigId(key.getPrivate().getAlgorithm(), response));
            signer.initSign(key.getPrivate());
            response.signMessage(signer);
        }
        byte[] encoded = response.getEncodedMessage();
        envelope.protocolMajorVersion = response.majorProtocolVersion;
        envelope.protocolMinorVersion = response.minorProtocolVersion;
        envelope.suggestMajorProtocolVersion = response.suggestMajorProtocolVersion;
        envelope.suggestMinorProtocolVersion = response.suggestMinorProtocolVersion;
        envelope.sessionId = response.sessionId;
        envelope.messageLength = encoded.length;
        envelope.messageId = 0;
        return encoded;
    }

    private static AbstractResponse respond(AbstractRequest request, String by) throws Exception {
        if (request instanceof ResolutionRequest) {
            ResolutionRequest resolution = (ResolutionRequest) request;
            System.out.println(by + " resolve " + Util.decodeString(request.handle) + " types " + resolution.requestedTypes.length);
            byte[][] values = Encoder.encodeHandleValues(new HandleValue[] { new HandleValue(1, "URL".getBytes(), "http://a/".getBytes()), new HandleValue(2, "DESC".getBytes(), new byte[1500]) });
            return new ResolutionResponse(request, request.handle, values);
        }
        if (request instanceof ChallengeAnswerRequest) {
            ChallengeAnswerRequest proof = (ChallengeAnswerRequest) request;
            boolean isRight = verify(proof);
            System.out.println(by + " proof " + Util.decodeString(proof.authType) + " " + proof.userIdIndex + ":" + Util.decodeString(proof.userIdHandle) + " " + isRight);
            if (isRight && challenged instanceof CreateHandleRequest) return new CreateHandleResponse(challenged, challenged.handle);
            return isRight ? new GenericResponse(challenged, AbstractMessage.RC_SUCCESS) : new ErrorResponse(challenged, AbstractMessage.RC_AUTHENTICATION_FAILED, null);
        }
        System.out.println(by + " " + request.opCode + " " + Util.decodeString(request.handle) + said(request));
        challenged = request;
        challenge = new ChallengeResponse(request);
        challenge.sessionId = 77;
        return challenge;
    }

    private static String said(AbstractRequest request) {
        if (request instanceof CreateHandleRequest) return " " + GsonUtility.getGson().toJson(((CreateHandleRequest) request).values);
        if (request instanceof ModifyValueRequest) return " " + GsonUtility.getGson().toJson(((ModifyValueRequest) request).values);
        if (request instanceof RemoveValueRequest) return " " + Arrays.toString(((RemoveValueRequest) request).indexes);
        return "";
    }

    private static boolean verify(ChallengeAnswerRequest proof) throws Exception {
        if (Util.equals(proof.authType, Common.SECRET_KEY_TYPE)) {
            byte[] code = Arrays.copyOfRange(proof.signedResponse, 1, proof.signedResponse.length);
            return Arrays.equals(code, Util.doMac(proof.signedResponse[0], Util.concat(challenge.nonce, challenge.requestDigest), SECRET, code));
        }
        byte[] name = Encoder.readByteArray(proof.signedResponse, 0);
        Signature signature = Signature.getInstance(Util.getSigIdFromHashAlgId(name, adminKey.getAlgorithm()));
        signature.initVerify(adminKey);
        signature.update(challenge.nonce);
        signature.update(challenge.requestDigest);
        return signature.verify(Encoder.readByteArray(proof.signedResponse, Encoder.INT_SIZE + name.length));
    }
}

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.RSAPrivateKeySpec;
import java.util.ArrayList;
import java.util.List;
import net.handle.hdllib.*;

/** Handle.Net's own client library against the server under test: one line for each step. */
public final class HandlePeer {
    private static HandleResolver resolver;
    private static SiteInfo site;

    public static void main(String[] args) throws Exception {
        int tcp = Integer.parseInt(args[0]);
        String admin = args[1];
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateKeySpec(new BigInteger(args[3], 16), new BigInteger(args[4], 16)));
        resolver = new HandleResolver();
        resolver.setConfiguration(new SimpleConfiguration());
        resolver.setCheckSignatures(true);
        resolver.setCache(null);
        resolver.setCertifiedCache(null);
        // The server under test has no sessions, and with a tracker the library administers in nothing else.
        resolver.setSessionTracker(null);

        AbstractResponse asked = resolver.sendHdlTcpRequest(new GenericRequest(Common.BLANK_HANDLE, AbstractMessage.OC_GET_SITE_INFO, null), InetAddress.getByName("127.0.0.1"), tcp);
        site = ((GetSiteInfoResponse) asked).siteInfo;
        System.out.println("site: " + GsonUtility.getGson().toJson(site));

        byte[] x = bytes("88.111.1/x");
        show("resolve", new ResolutionRequest(x, null, null, null));
        ResolutionRequest certified = new ResolutionRequest(x, null, null, null);
        certified.certify = true;
        certified.returnRequestDigest = true;
        show("certified", certified);
        show("large", new ResolutionRequest(bytes("88.111.1/large"), null, null, null));
        show("missing", new ResolutionRequest(bytes("88.111.1/none"), null, null, null));
        show("every type", new ResolutionRequest(bytes("88.111.1/types"), null, null, null));

        AuthenticationInfo byKey = new PublicKeyAuthenticationInfo(bytes(admin), 300, key);
        AuthenticationInfo byAnyKey = new PublicKeyAuthenticationInfo(bytes(admin), 0, key);
        AuthenticationInfo bySecret = new SecretKeyAuthenticationInfo(bytes(admin), 301, bytes(args[2]));
        byte[] made = bytes("88.111.1/made");
        show("create", new CreateHandleRequest(made, new HandleValue[] { new HandleValue(1, bytes("URL"), bytes("http://a/")), new HandleValue(2, bytes("DESC"), new byte[2000]) }, byKey));
        show("create again", new CreateHandleRequest(made, new HandleValue[] { new HandleValue(1, bytes("URL"), bytes("http://a/")) }, byAnyKey));
        show("add", new AddValueRequest(made, new HandleValue(3, bytes("EMAIL"), bytes("a@b")), bySecret));
        show("modify", new ModifyValueRequest(made, new HandleValue(1, bytes("URL"), bytes("http://b/")), bySecret));
        show("remove", new RemoveValueRequest(made, 2, byKey));
        show("made", new ResolutionRequest(made, null, null, null));
        ResolutionRequest secret = new ResolutionRequest(bytes(admin), null, new int[] { 301 }, byKey);
        secret.ignoreRestrictedValues = false;
        show("secret", secret);
        show("wrong secret", new DeleteHandleRequest(made, new SecretKeyAuthenticationInfo(bytes(admin), 301, bytes("guess"))));
        show("delete", new DeleteHandleRequest(made, byKey));
        show("deleted", new ResolutionRequest(made, null, null, null));

        List<String> listed = new ArrayList<>();
        resolver.sendRequestToSite(new ListHandlesRequest(bytes("0.NA/88.111.1"), byKey), site, (ResponseMessageCallback) message -> {
            if (message instanceof ListHandlesResponse) listed.add(String.valueOf(((ListHandlesResponse) message).handles.length));
        });
        System.out.println("list: " + String.join(" ", listed));
        System.exit(0);
    }

    private static void show(String step, AbstractRequest request) {
        try {
            AbstractResponse response = resolver.sendRequestToSite(request, site);
            System.out.println(step + ": " + GsonUtility.getGson().toJson(response));
        } catch (HandleException error) {
            System.out.println(step + ": " + error);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

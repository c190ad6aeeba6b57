using Jingwei.Server.Notifications.Webhooks;

namespace Jingwei.Tests.Notifications;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The vector of the reference implementations of Standard Webhooks.</summary>
    [Fact]
    public void The_published_vector_is_signed_as_published() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""", Secret));

    [Fact]
    public void Two_secrets_give_two_signatures_parted_by_a_space()
    {
        var header = WebhookSignature.Sign("msg_1", DateTimeOffset.UnixEpoch, "{}", Secret, WebhookSignature.NewSecret());
        Assert.Equal(2, header.Split(' ').Distinct().Count(signature => signature.StartsWith("v1,", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_secret_is_a_prefix_and_32_bytes() =>
        Assert.Equal(32, Convert.FromBase64String(WebhookSignature.NewSecret()["whsec_".Length..]).Length);
}

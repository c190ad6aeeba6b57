using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Server.Notifications.Deciding;

namespace Jingwei.Server.Notifications.Mail;

/// <summary>A mail as the outbox keeps it.</summary>
internal sealed record MailMessage(string To, string Subject, string Text)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MailMessage Of(Told told, (Label Subject, Label Body) words) =>
        told.Language == "en" ? new(told.MailTo!, words.Subject.En, words.Body.En) : new(told.MailTo!, words.Subject.Zh, words.Body.Zh);

    public static MailMessage OfTest(string to, string language) =>
        language == "en" ? new(to, "Jingwei: a test", "Notifications reach you at this address.") : new(to, "经纬：测试", "通知可以送达这个邮箱。");

    public static MailMessage Read(string body) => JsonSerializer.Deserialize<MailMessage>(body)!;

    public string Write() => JsonSerializer.Serialize(this, Json);
}

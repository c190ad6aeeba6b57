using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Webhooks;

/// <summary>What a webhook is told, in the form that Standard Webhooks recommends: type, timestamp, data.</summary>
internal static class WebhookMessage
{
    /// <summary>The kind of a message that only tries the way.</summary>
    public const string Test = "test";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(Occurrence what, (Label Subject, Label Body) words) => JsonSerializer.Serialize(
        new
        {
            type = what.Kind,
            timestamp = what.At,
            data = new
            {
                id = what.Key,
                what.Severity,
                what.Alarm,
                what.Case,
                what.Exercise,
                what.Thing,
                thingName = what.ThingName,
                what.Party,
                what.Region,
                words.Subject,
                words.Body,
            },
        },
        Json);

    public static string OfTest(string webhook, DateTimeOffset now) =>
        JsonSerializer.Serialize(new { type = Test, timestamp = now, data = new { webhook } }, Json);

    public static string NameOf(NotificationKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}

using System.Text;
using Jingwei.Mqtt;
using Jingwei.Mqtt.Client;
using Jingwei.Server.Packs;

namespace Jingwei.Acceptance.Notifications;

/// <summary>A pack whose only rule raises a red alarm as soon as a tank is hot, and the tanks' readings.</summary>
internal static class AlarmYard
{
    public static string NewPacks()
    {
        var packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        NewPack.Write(Path.Combine(packs, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        File.WriteAllText(
            Path.Combine(packs, "yard", "rules", "yard-hot.yaml"),
            """
            rule: yard-hot
            type: yard-tank
            severity: red
            when: temperature > 80.0
            clear: temperature < 40.0
            """);
        return packs;
    }

    /// <summary>A reading of one thing that signs in with its secret; returns once it is acknowledged.</summary>
    public static async Task ReadAsync(ServerProcess server, string thing, string secret, double temperature)
    {
        await using var client = await MqttClient.ConnectAsync(
            new() { Host = server.MqttHost, Port = server.MqttPort, ClientId = thing, UserName = thing, Password = secret });
        var payload = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{\"values\":{{\"temperature\":{temperature}}}}}");
        await client.PublishAsync($"jw/{thing}/readings", Encoding.UTF8.GetBytes(payload), MqttQoS.AtLeastOnce, cancel: CancellationToken.None);
    }
}

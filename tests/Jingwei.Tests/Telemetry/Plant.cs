using System.Collections.Immutable;
using Jingwei.Server;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Telemetry;

/// <summary>One industry of one machine type with a property of each kind.</summary>
internal static class Plant
{
    public const string Type = "mill";

    public static PackSet Packs { get; } = new([new Pack(
        "plant", "1.0.0", Label.Of("Plant"), Label.Of("Plant"), [], [],
        [
            new ThingType(
                Type, "plant", null, false, null, Label.Of("Mill"), [Type],
                [
                    Property("temperature", PropertyKind.Number) with { Min = -20, Max = 150, Unit = "Cel" },
                    Property("produced", PropertyKind.Number) with { Counter = true },
                    Property("running", PropertyKind.Boolean),
                    Property("state", PropertyKind.Enumeration) with { Values = [Value("idle"), Value("producing"), Value("breakdown")] },
                    Property("recipe", PropertyKind.Text) with { MaxLength = 8 },
                    Property("place", PropertyKind.Position),
                ],
                []),
        ],
        [
            new ChannelMapping("mqtt-readings", "plant", "mqtt", null, null, null, Label.Of("MQTT")),
            new ChannelMapping("plant-lines", "plant", "line-protocol", "plant", "machine", null, Label.Of("Lines")),
        ],
        [], [], [], [], [])]);

    private static Property Property(string id, PropertyKind kind) =>
        new(id, kind, null, null, null, false, ImmutableArray<EnumerationValue>.Empty, 64, Label.Of(id));

    private static EnumerationValue Value(string id) => new(id, Label.Of(id));
}

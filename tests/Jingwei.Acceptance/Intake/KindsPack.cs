namespace Jingwei.Acceptance.Intake;

/// <summary>A pack with a property of every kind, a channel, and one that makes the things it does not know.</summary>
internal static class KindsPack
{
    public const string Id = "kinds";
    public const string Type = "sensor";
    public const string Lines = "kinds-lines";
    public const string Making = "kinds-making";

    private const string Words =
        """
        types: {sensor: Sensor}
        properties: {number: Number, ranged: Ranged, boolean: Boolean, enumeration: Enumeration, text: Text, position: Position}
        values: {enumeration: {"on": "On", "off": "Off"}}
        channels: {kinds-lines: Lines, kinds-making: Making}
        """;

    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["pack.yaml"] =
            """
            id: kinds
            version: 0.1.0
            name: {zh: 各类属性, en: Kinds}
            description: {zh: 每类属性各一个。, en: One property of every kind.}
            needs: {jingwei: ">=0.1"}
            standards: []
            """,
        ["text/zh.yaml"] = Words,
        ["text/en.yaml"] = Words,
        ["things/sensor.yaml"] =
            """
            type: sensor
            properties:
              number: {type: number, unit: "1"}
              ranged: {type: number, unit: Cel, range: [-10, 10]}
              boolean: {type: boolean}
              enumeration: {type: enumeration, values: ["on", "off"]}
              text: {type: text, maxLength: 5}
              position: {type: position}
            """,
        ["channels/lines.yaml"] =
            """
            channel: kinds-lines
            protocol: line-protocol
            database: kinds
            thing: {tag: thing}
            property: {field: true}
            """,
        ["channels/making.yaml"] =
            """
            channel: kinds-making
            protocol: line-protocol
            database: making
            thing: {tag: thing}
            property: {field: true}
            create: {type: sensor}
            """,
    };
}

namespace Jingwei.Acceptance.Devices;

/// <summary>A pack for devices of other platforms, with channels that make the things that they do not know.</summary>
internal static class PressPack
{
    private const string Words =
        """
        types: {edge: Edge, press: Press}
        properties: {uptime: Uptime, spindle_temperature: Spindle temperature, running: Running, offset: Offset, recipe: Recipe, target: Target, reason: Reason}
        commands: {set: Set, reset: Reset, stop: Stop, slow: Slow}
        channels: {press-sparkplug: Sparkplug, press-thingsboard: ThingsBoard}
        """;

    private static readonly Dictionary<string, string> Files = new()
    {
        ["pack.yaml"] =
            """
            id: presses
            version: 0.1.0
            name: {zh: 压机, en: Presses}
            description: {zh: 别的平台的设备。, en: Devices of other platforms.}
            needs: {jingwei: ">=0.1"}
            standards: []
            """,
        ["text/zh.yaml"] = Words,
        ["text/en.yaml"] = Words,
        ["things/edge.yaml"] =
            """
            type: edge
            properties:
              uptime: {type: number, unit: s}
            """,
        ["things/press.yaml"] =
            """
            type: press
            properties:
              spindle_temperature: {type: number, unit: Cel, range: [-20, 80]}
              running: {type: boolean}
              offset: {type: number, unit: "1"}
              recipe: {type: text, maxLength: 5}
              target: {type: number, unit: "1"}
            commands:
              set: {parameters: {target: {type: number, unit: "1"}}}
              reset: {parameters: {reason: {type: text, maxLength: 20}}}
              stop: {confirm: again}
              slow: {within: 1s}
            """,
        ["channels/sparkplug.yaml"] =
            """
            channel: press-sparkplug
            protocol: sparkplug
            group: Mill
            names: {Properties/Uptime: uptime}
            create: {type: press}
            """,
        ["channels/thingsboard.yaml"] =
            """
            channel: press-thingsboard
            protocol: thingsboard
            names: {temp: spindle_temperature}
            create: {type: press, by: edge}
            """,
    };

    /// <summary>Starts a server that has this pack alone.</summary>
    /// <param name="data">The data folder; null: a new one.</param>
    /// <param name="mqttPort">0: a free one.</param>
    public static async Task<ServerProcess> StartAsync(string? data = null, int mqttPort = 0)
    {
        var packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        foreach (var (path, text) in Files)
        {
            var file = Path.Combine(packs, "presses", path);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        var folder = data ?? System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        string[] arguments =
            [ServerProcess.Program, "serve", "--data", folder, "--http", "http://127.0.0.1:0", "--mqtt", $"127.0.0.1:{mqttPort}",
             "--admin-password", ServerProcess.AdminPassword, "--packs", packs];
        return await ServerProcess.StartAsync("dotnet", arguments, folder);
    }
}

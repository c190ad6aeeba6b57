using System.Globalization;
using System.Text.Json.Nodes;
using Jingwei.Server.Packs;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Crash;

/// <summary>An installation that is killed at each of its renames: the next start has the pack of before or the new one, whole.</summary>
public sealed class PackInstallKillTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_killed_installation_leaves_one_version_or_the_other(int rename)
    {
        var strace = External.Program("strace", "apt-get install strace");
        var root = System.IO.Directory.CreateTempSubdirectory("jingwei-install-").FullName;
        var (packs, next) = (Path.Combine(root, "packs"), Path.Combine(root, "next"));
        NewPack.Write(Path.Combine(packs, "yard"), new("yard", "yard-tank", "罐区", "Tank yard"));
        NewPack.Write(next, new("yard", "yard-tank", "罐区", "Tank yard"));
        var manifest = Path.Combine(next, "pack.yaml");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("version: 0.1.0", "version: 0.2.0", StringComparison.Ordinal));

        // The system call is where the process ends: strace(1), fault injection.
        var when = rename.ToString(CultureInfo.InvariantCulture);
        var (exit, output) = await ExternalProgram.RunAsync(
            strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=rename", "-e", $"inject=rename:signal=KILL:when={when}",
            "dotnet", ServerProcess.Program, "pack", "install", next, "--packs", packs);
        Assert.True(exit != 0, $"The installation was not killed: {output}");

        await using var server = await ServerProcess.StartAsync(null, "serve", "--packs", packs);
        var version = (string)((JsonNode)(await server.GetAsync("/api/packs"))["items"]!.AsArray().Single()!)["version"]!;
        Assert.Contains(version, (string[])["0.1.0", "0.2.0"]);
        Assert.DoesNotContain(System.IO.Directory.GetDirectories(packs), folder => Path.GetFileName(folder).StartsWith(".swapping", StringComparison.Ordinal));
        var (again, said) = await ExternalProgram.RunAsync("dotnet", ServerProcess.Program, "pack", "install", next, "--packs", packs);
        Assert.True(again == 0, said);
        Assert.Contains("Installed yard 0.2.0", said, StringComparison.Ordinal);
    }
}

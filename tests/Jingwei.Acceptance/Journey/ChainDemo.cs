using System.Text.RegularExpressions;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Journey;

/// <summary>The demonstration of the supply chain, alone: nothing else plays beside it.</summary>
internal sealed partial class ChainDemo : IAsyncDisposable
{
    private const string PastIsThere = "of the same lot";

    private readonly string packs = Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
    private readonly string[] options;

    private ChainDemo(string[] options)
    {
        this.options = options;
        Directory.CreateSymbolicLink(Path.Combine(packs, "pcb-chain"), Path.Combine(SourceTree.Root, "packs", "pcb-chain"));
    }

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>What server and program said since the start.</summary>
    public string Said => string.Join('\n', Server.Output);

    /// <summary>Of all simulated users.</summary>
    public string Password => PasswordTold().Match(Said).Groups[1].Value;

    /// <summary>Starts it; its past and its agreements are there when this returns.</summary>
    public static async Task<ChainDemo> StartAsync(params string[] options)
    {
        var demo = new ChainDemo(options);
        await demo.RunAsync(null);
        return demo;
    }

    /// <summary>Kills it and starts it again over what it left.</summary>
    public async Task KillAndStartAsync()
    {
        await Server.KillAsync();
        await RunAsync(Server.Data);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(packs, true);
    }

    private async Task RunAsync(string? data)
    {
        Server = await ServerProcess.StartAsync(data, "demo", ["--packs", packs, .. options]);
        await Server.SaysAsync(PastIsThere);
    }

    [GeneratedRegex("password in this run: ([0-9a-f]+)")]
    private static partial Regex PasswordTold();
}

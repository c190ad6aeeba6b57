using System.Diagnostics;
using System.Text.Json.Nodes;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Notifications;

/// <summary>An independent program that takes webhooks and mail, and checks signatures.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private Receiver(Process process) => this.process = process;

    public int HttpPort { get; private set; }

    public int SmtpPort { get; private set; }

    public static async Task<Receiver> StartAsync()
    {
        // Debian's, whatever other Python comes first on the PATH.
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(System.IO.Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd"), "aiosmtpd is not installed: apt-get install python3-aiosmtpd");
        var script = Path.Combine(SourceTree.Root, "tests", "Jingwei.Acceptance", "Notifications", "peers", "receiver.py");
        var receiver = new Receiver(Process.Start(new ProcessStartInfo(Python, script) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        var ports = await receiver.NextAsync();
        (receiver.HttpPort, receiver.SmtpPort) = ((int)ports["http"]!, (int)ports["smtp"]!);
        return receiver;
    }

    public async Task KnowAsync(string secret)
    {
        await process.StandardInput.WriteLineAsync(secret);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>The next webhook or mail.</summary>
    public async Task<JsonNode> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        return JsonNode.Parse((await process.StandardOutput.ReadLineAsync(limit.Token))!)!;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

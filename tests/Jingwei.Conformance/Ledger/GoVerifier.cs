using System.Diagnostics;
using Jingwei.Tests;

namespace Jingwei.Conformance.Ledger;

/// <summary>The verifier in <c>verifier/main.go</c>, which stands on golang.org/x/mod and on nothing of ours.</summary>
internal static class GoVerifier
{
    private const string Packages = "/usr/share/gocode";
    private const string InstallWith = "apt-get install golang-go golang-golang-x-mod-dev";

    private static readonly SemaphoreSlim Building = new(1);
    private static string? built;

    /// <summary>Null when the log is accepted, and the line that says why when it is refused. Skips the test where Go or its packages are missing.</summary>
    public static async Task<string?> RefusalAsync(string vkey, string folder, params IEnumerable<string> more)
    {
        var (code, said) = await RunAsync(await BuildAsync(), ["--vkey", vkey, "--dir", folder, .. more]);
        Assert.True(code == 0 ? said.StartsWith("accepted: ", StringComparison.Ordinal) : code == 1 && said.StartsWith("refused: ", StringComparison.Ordinal), said);
        return code == 0 ? null : said.TrimEnd();
    }

    private static async Task<string> BuildAsync()
    {
        var go = External.Program("go", InstallWith);
        Assert.SkipUnless(Directory.Exists(Path.Combine(Packages, "src", "golang.org", "x", "mod", "sumdb", "tlog")), $"golang.org/x/mod is not installed: {InstallWith}");
        await Building.WaitAsync();
        try
        {
            if (built is null)
            {
                var program = Path.Combine(AppContext.BaseDirectory, "ledger-verifier");
                var source = Path.Combine(SourceTree.Root, "tests", "Jingwei.Conformance", "Ledger", "verifier", "main.go");
                var (code, said) = await RunAsync(go, "build", "-o", program, source);
                Assert.True(code == 0, said);
                built = program;
            }

            return built;
        }
        finally
        {
            Building.Release();
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Debian lays packages out as they were before modules.
        (start.Environment["GO111MODULE"], start.Environment["GOPATH"], start.Environment["GOFLAGS"]) = ("off", Packages, "");
        if (!start.Environment.ContainsKey("HOME"))
        {
            start.Environment.TryAdd("GOCACHE", Path.Combine(Path.GetTempPath(), "go-build"));
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}

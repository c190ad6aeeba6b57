using System.Globalization;
using System.Text.RegularExpressions;
using Jingwei.Tests;

namespace Jingwei.Acceptance.Telemetry;

/// <summary>The system calls themselves show that an acknowledgement leaves after the log was written and synced.</summary>
public sealed partial class DurabilityTraceTests
{
    [Fact]
    public async Task The_log_is_written_and_synced_before_the_answer_leaves()
    {
        var strace = External.Program("strace", "apt-get install strace");
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;
        var trace = Path.Combine(data, "trace.txt");
        string[] arguments =
        [
            "-f", "-y", "-s", "64", "-o", trace, "-e", "trace=pwrite64,fsync,fdatasync,sendto,sendmsg", "dotnet", .. ServerProcess.ServeArguments(data),
        ];
        await using (var server = await ServerProcess.StartAsync(strace, arguments, data))
        {
            await server.AddThingAsync("m1", "drilling-machine");
            (await server.Admin.PostAsync("/write?db=factory", new StringContent("d,machine=m1 spindle_temperature=1"))).EnsureSuccessStatusCode();
        }

        var calls = (await File.ReadAllLinesAsync(trace)).ToList();
        var write = calls.FindIndex(call => LogWrite().IsMatch(call));
        var sync = calls.FindIndex(write + 1, call => LogSync().IsMatch(call));
        var answer = calls.FindIndex(call => call.Contains("HTTP/1.1 204", StringComparison.Ordinal));
        Assert.True(
            write >= 0 && sync > write && answer > SyncEnd(calls, sync),
            string.Create(CultureInfo.InvariantCulture, $"write {write}, sync {sync}, answer {answer} of {calls.Count} calls in {trace}"));
        System.IO.Directory.Delete(data, recursive: true);
    }

    // A call that another thread interrupts in the trace ends on a line of its own.
    private static int SyncEnd(List<string> calls, int sync)
    {
        var thread = calls[sync][..calls[sync].IndexOf(' ', StringComparison.Ordinal)];
        return calls[sync].Contains("<unfinished", StringComparison.Ordinal)
            ? calls.FindIndex(sync, call => call.StartsWith(thread, StringComparison.Ordinal) && call.Contains("sync resumed", StringComparison.Ordinal))
            : sync;
    }

    [GeneratedRegex(@"pwrite64\(\d+<[^>]*/log/\d+\.log>, ""JWF1")]
    private static partial Regex LogWrite();

    [GeneratedRegex(@"(fsync|fdatasync)\(\d+<[^>]*/log/\d+\.log>")]
    private static partial Regex LogSync();
}

using System.Diagnostics;
using System.Globalization;

namespace Jingwei.Server.Hosting;

/// <summary>The programs of packs' `demo` folders: found by the build, started as processes of their own.</summary>
internal static class DemoPrograms
{
    // A source that does not end by itself when its input closes is ended after this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The built demo of a pack, or null where it has none; the build lists them as "pack=path" lines.</summary>
    public static string? Of(string pack)
    {
        var list = Path.Combine(AppContext.BaseDirectory, "demos.txt");
        return File.Exists(list)
            ? File.ReadLines(list)
                .Select(line => line.Split('=', 2))
                .Where(parts => parts.Length == 2 && parts[0] == pack && File.Exists(parts[1]))
                .Select(parts => parts[1])
                .FirstOrDefault()
            : null;
    }

    /// <summary>Starts one; it ends when its standard input closes, so also when this process dies.</summary>
    public static Process Start(string program, Listening listening, string token, double speed, int seed)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            ArgumentList =
            {
                program,
                "--url", listening.Http.GetLeftPart(UriPartial.Authority),
                "--mqtt", listening.Mqtt.ToString(),
                "--speed", speed.ToString(CultureInfo.InvariantCulture),
                "--seed", seed.ToString(CultureInfo.InvariantCulture),
            },
            Environment = { ["JINGWEI_TOKEN"] = token },
        };
        return Process.Start(start)!;
    }

    public static void Stop(Process process)
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}

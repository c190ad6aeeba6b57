using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Jingwei.Server.Packs;

/// <summary>The command line's verb "pack".</summary>
public static class PackCommand
{
    /// <summary>No problem was found.</summary>
    public const int Fine = 0;

    /// <summary>Problems were found and are listed.</summary>
    public const int Problems = 1;

    /// <summary>The command was not understood, or there is no such folder.</summary>
    public const int Usage = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>"pack" with its sub-commands; exit codes are those of this class.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A pack's folder, or a folder of packs." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object for programs." };
        var check = new Command("check", "Check a pack: every file, reference, expression and text; then run its tests.") { folder, json };
        check.SetAction(parsed => Check(
            parsed.GetValue(folder)!, parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return new Command("pack", "Industry packs.") { check };
    }

    private static int Check(string folder, bool json, TextWriter output, TextWriter error)
    {
        if (!System.IO.Directory.Exists(folder))
        {
            error.WriteLine($"No folder {folder}.");
            return Usage;
        }

        var loaded = PackLoader.Load(folder);
        // Shown as the caller would name the files, so that terminals and editors can open them.
        var problems = loaded.Problems
            .Select(problem => problem with { File = Path.Combine(folder, problem.File).Replace('\\', '/') })
            .ToList();
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { ok = problems.Count == 0, files = loaded.Files, problems }, Json));
        }
        else
        {
            Write(output, problems, loaded);
        }

        return problems.Count == 0 ? Fine : Problems;
    }

    private static void Write(TextWriter output, List<PackProblem> problems, PackLoad loaded)
    {
        foreach (var problem in problems)
        {
            output.WriteLine(problem);
        }

        foreach (var pack in loaded.Packs?.Packs ?? [])
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{pack.Id} {pack.Version}: {pack.Types.Length} types, {pack.Channels.Length} channels, {pack.Rules.Length} rules, "
                + $"{pack.Indicators.Length} indicators, {pack.Cases.Length} cases, {pack.Views.Length} views, {pack.Tests.Length} tests"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Checked {loaded.Files} files against their schemas, and all references, expressions and texts: {Count(problems.Count)}."));
    }

    private static string Count(int problems) => problems switch
    {
        0 => "no problems",
        1 => "1 problem",
        _ => string.Create(CultureInfo.InvariantCulture, $"{problems} problems"),
    };
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Server.Packs.Model;
using Command = System.CommandLine.Command;

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
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>"pack" with its sub-commands; exit codes are those of this class.</summary>
    /// <param name="play">Plays a pack's tests, through the slices that judge; null checks without them, and says so.</param>
    public static Command Create(PackTestPlayer? play = null)
    {
        var folder = new Argument<string>("DIR") { Description = "A pack's folder, or a folder of packs." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object for programs." };
        var check = new Command("check", "Check a pack: every file, reference, expression and text; then run its tests.") { folder, json };
        check.SetAction(parsed => Check(
            new Request(parsed.GetValue(folder)!, parsed.GetValue(json), play),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return new Command("pack", "Industry packs.") { check };
    }

    private static int Check(Request request, TextWriter output, TextWriter error)
    {
        if (!System.IO.Directory.Exists(request.Folder))
        {
            error.WriteLine($"No folder {request.Folder}.");
            return Usage;
        }

        var loaded = PackLoader.Load(request.Folder);
        var packs = loaded.Packs?.Packs ?? [];
        var failures = request.Play is null ? [] : packs.SelectMany(pack => PackTests.Run(pack, request.Play));
        // Shown as the caller would name the files, so that terminals and editors can open them.
        var problems = loaded.Problems.Concat(failures)
            .Select(problem => problem with { File = Path.Combine(request.Folder, problem.File).Replace('\\', '/') })
            .ToList();
        var tests = request.Play is null ? 0 : packs.Sum(pack => pack.Tests.Length);
        if (request.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { ok = problems.Count == 0, files = loaded.Files, tests, problems }, Json));
        }
        else
        {
            Write(output, problems, packs, loaded.Files, tests);
        }

        return problems.Count == 0 ? Fine : Problems;
    }

    private static void Write(TextWriter output, List<PackProblem> problems, ImmutableArray<Pack> packs, int files, int tests)
    {
        foreach (var problem in problems)
        {
            output.WriteLine(problem);
        }

        foreach (var pack in packs)
        {
            output.WriteLine(Invariant(
                $"{pack.Id} {pack.Version}: {pack.Types.Length} types, {pack.Channels.Length} channels, {pack.Rules.Length} rules, {pack.Indicators.Length} indicators, {pack.Cases.Length} cases, {pack.Views.Length} views, {pack.Tests.Length} tests"));
        }

        var run = tests > 0 ? Invariant($", and ran {tests} tests") : packs.Any(pack => pack.Tests.Length > 0) ? ", without running tests" : "";
        var found = problems.Count switch { 0 => "no problems", 1 => "1 problem", var count => Invariant($"{count} problems") };
        output.WriteLine(Invariant($"Checked {files} files: schemas, references, expressions, texts{run}: {found}."));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Request(string Folder, bool Json, PackTestPlayer? Play);
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Server.Packs.Installing;
using Jingwei.Server.Packs.Maturity;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Plugins;
using Jingwei.Server.Packs.Signing;
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
        var plugins = PluginOption.Create();
        var check = new Command("check", "Check a pack: every file, reference, expression and text; then run its tests.") { folder, json, plugins };
        check.SetAction(parsed => Check(
            new Request(parsed.GetValue(folder)!, parsed.GetValue(json), PluginOption.Use(parsed.GetValue(plugins)), play),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return new Command("pack", "Industry packs.") { check, New(play), SignCommands.Keys(), SignCommands.Sign(), InstallCommands.Install(), InstallCommands.Uninstall() };
    }

    private static Command New(PackTestPlayer? play)
    {
        var id = new Argument<string>("ID") { Description = "Id of the pack, such as cold-chain: lower-case letters, digits and hyphens." };
        var into = new Option<string>("--in") { Description = "Where its folder is made.", DefaultValueFactory = _ => "packs" };
        var type = new Option<string?>("--type") { Description = "Id of its first thing type; by default the pack's, with -machine behind it." };
        var zh = new Option<string?>("--zh") { Description = "Its name in Chinese; asked for on a terminal, else the id." };
        var en = new Option<string?>("--en") { Description = "Its name in English; asked for on a terminal, else the id." };
        var command = new Command("new", "Begin a pack: a small one that works, to be changed file by file.") { id, into, type, zh, en };
        command.SetAction(parsed => Begin(
            new NewPackNames(
                parsed.GetValue(id)!, parsed.GetValue(type) ?? $"{parsed.GetValue(id)}-machine", parsed.GetValue(zh) ?? Ask("Name in Chinese", parsed.GetValue(id)!),
                parsed.GetValue(en) ?? Ask("Name in English", parsed.GetValue(id)!)),
            parsed.GetValue(into)!,
            play,
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }

    private static string Ask(string what, string otherwise)
    {
        if (System.Console.IsInputRedirected || System.Console.IsOutputRedirected)
        {
            return otherwise;
        }

        System.Console.Write($"{what} [{otherwise}]: ");
        return System.Console.ReadLine() is { } said && !string.IsNullOrWhiteSpace(said) ? said.Trim() : otherwise;
    }

    private static int Begin(NewPackNames names, string into, PackTestPlayer? play, TextWriter output, TextWriter error)
    {
        if (!NewPack.IsId(names.Id) || !NewPack.IsId(names.Type))
        {
            var wrong = NewPack.IsId(names.Id) ? names.Type : names.Id;
            error.WriteLine($"'{wrong}' cannot be an id: a lower-case letter, then lower-case letters, digits and single hyphens, at most {NewPack.MostIdCharacters} in all.");
            return Usage;
        }

        var folder = Path.Combine(into, names.Id);
        try
        {
            foreach (var file in NewPack.Write(folder, names))
            {
                output.WriteLine(Path.Combine(folder, file).Replace('\\', '/'));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(fault.Message);
            return Problems;
        }

        output.WriteLine();
        var found = Check(new Request(folder, false, PluginUse.Denied, play), output, error);
        output.WriteLine($"Change it file by file, check it with: pack check {folder.Replace('\\', '/')}. The server reads packs when it starts.");
        return found;
    }

    private static int Check(Request request, TextWriter output, TextWriter error)
    {
        if (!System.IO.Directory.Exists(request.Folder))
        {
            error.WriteLine($"No folder {request.Folder}.");
            return Usage;
        }

        var loaded = PackLoader.Load(request.Folder, plugins: request.Plugins);
        var packs = loaded.Packs?.Packs ?? [];
        var failures = request.Play is null ? [] : packs.SelectMany(pack => PackTests.Run(pack, request.Play));
        // Shown as the caller would name the files, so that terminals and editors can open them.
        var problems = loaded.Problems.Concat(failures).Concat(packs.SelectMany(MaturityCard.Problems))
            .Select(problem => problem with { File = Path.Combine(request.Folder, problem.File).Replace('\\', '/') })
            .ToList();
        var tests = request.Play is null ? 0 : packs.Sum(pack => pack.Tests.Length);
        if (request.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { ok = problems.Count == 0, files = loaded.Files, tests, problems, maturity = packs.Select(pack => new { pack = pack.Id, items = pack.Maturity }) }, Json));
        }
        else
        {
            Write(output, request.Folder, problems, packs, loaded.Files, tests);
        }

        return problems.Count == 0 ? Fine : Problems;
    }

    private static void Write(TextWriter output, string folder, List<PackProblem> problems, ImmutableArray<Pack> packs, int files, int tests)
    {
        foreach (var problem in problems)
        {
            output.WriteLine(problem);
        }

        foreach (var pack in packs)
        {
            Write(output, folder, pack);
        }

        var run = tests > 0 ? Invariant($", and ran {tests} tests") : packs.Any(pack => pack.Tests.Length > 0) ? ", without running tests" : "";
        var found = problems.Count switch { 0 => "no problems", 1 => "1 problem", var count => Invariant($"{count} problems") };
        output.WriteLine(Invariant($"Checked {files} files: schemas, references, expressions, texts{run}: {found}."));
    }

    private static void Write(TextWriter output, string folder, Pack pack)
    {
        output.WriteLine(Invariant(
            $"{pack.Id} {pack.Version}: {pack.Types.Length} types, {pack.Channels.Length} channels, {pack.Rules.Length} rules, {pack.Indicators.Length} indicators, {pack.Cases.Length} cases, {pack.Views.Length} views, {pack.Tests.Length} tests"));
        if (pack.Plugin is { } plugin)
        {
            var declared = plugin.Functions.Select(PluginInfo.SignatureOf).Concat(plugin.Decoders.Keys.Order(StringComparer.Ordinal).Select(name => $"decoder {name}"));
            output.WriteLine($"{pack.Id} plug-in {string.Join(", ", plugin.Assemblies)}: {string.Join(", ", declared)}");
        }

        foreach (var line in MaturityCard.Lines(pack, folder))
        {
            output.WriteLine(line);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Request(string Folder, bool Json, PluginUse Plugins, PackTestPlayer? Play);
}

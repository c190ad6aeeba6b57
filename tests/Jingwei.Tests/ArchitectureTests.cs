using System.Reflection;
using System.Text.RegularExpressions;
using Jingwei.Cel;
using Jingwei.Civic.Cap;
using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Identifiers.Handle;
using Jingwei.Ledger;
using Jingwei.Mqtt;
using Jingwei.Sdk;
using Jingwei.Server;
using Jingwei.Text;

namespace Jingwei.Tests;

/// <summary>The rules of ARCHITECTURE.md that a compiler cannot check.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly[] Libraries = [typeof(CelProgram).Assembly, typeof(CapAlert).Assembly, typeof(EdgeNode).Assembly, typeof(HandleName).Assembly, typeof(HashChain).Assembly, typeof(MqttServer).Assembly, typeof(Plugin).Assembly, typeof(TextSpan).Assembly];
    private static readonly Assembly[] All = [.. Libraries, typeof(Label).Assembly];

    // A slice may use the slices before it, never the ones after it.
    private static readonly string[] SliceOrder =
        ["Access", "Packs", "Directory", "Identifiers", "Devices", "Telemetry", "Facts", "Indicators", "Rules", "Cases",
         "Notifications", "Reports", "Transparency", "Console", "Hosting"];

    private static readonly string[] VagueSuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Service", "Impl", "Dto"];

    [Fact]
    public void Libraries_do_not_know_each_other() =>
        Assert.DoesNotContain(
            Libraries.SelectMany(library => library.GetReferencedAssemblies()),
            reference => reference.Name!.StartsWith("Jingwei.", StringComparison.Ordinal));

    [Fact]
    public void Slices_depend_only_on_earlier_slices()
    {
        var server = Path.Combine(SourceTree.Root, "src", "Jingwei.Server");
        var violations =
            from slice in Enumerable.Range(0, SliceOrder.Length)
            where Directory.Exists(Path.Combine(server, SliceOrder[slice]))
            from file in SourceTree.CSharpFiles("src", "Jingwei.Server", SliceOrder[slice])
            from later in SliceOrder.Skip(slice + 1)
            where File.ReadAllText(file).Contains($"Jingwei.Server.{later}", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(server, file)} uses {later}";

        Assert.Empty(violations);
    }

    [Fact]
    public void Every_folder_of_the_server_is_a_slice() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(SourceTree.Root, "src", "Jingwei.Server"))
            .Select(folder => Path.GetFileName(folder)!)
            .Except([.. SliceOrder, "Properties", "bin", "obj"]));

    [Fact]
    public void Interfaces_have_at_least_two_implementations()
    {
        var types = All.Append(typeof(ArchitectureTests).Assembly).SelectMany(assembly => assembly.GetTypes()).ToArray();
        var lonely =
            from contract in types
            where contract.IsInterface && All.Contains(contract.Assembly)
            where types.Count(type => !type.IsInterface && !type.IsAbstract && contract.IsAssignableFrom(type)) < 2
            select contract.FullName;

        Assert.Empty(lonely);
    }

    [Fact]
    public void Type_names_say_what_the_type_is() =>
        Assert.DoesNotContain(
            All.SelectMany(assembly => assembly.GetTypes()).Where(type => type.Namespace?.StartsWith("Jingwei.", StringComparison.Ordinal) == true),
            type => VagueSuffixes.Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal)));

    [Fact]
    public void Sources_have_no_regions() =>
        Assert.DoesNotContain(
            SourceTree.CSharpFiles("src"),
            file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal)));

    [Fact]
    public void The_server_knows_no_pack()
    {
        var packs = Directory.Exists(Path.Combine(SourceTree.Root, "packs"))
            ? Directory.GetDirectories(Path.Combine(SourceTree.Root, "packs")).Select(folder => Path.GetFileName(folder)!).ToHashSet(StringComparer.Ordinal)
            : [];
        var source = Path.Combine(SourceTree.Root, "src");
        var literals =
            from file in SourceTree.CSharpFiles("src")
            from Match match in StringLiteral().Matches(File.ReadAllText(file))
            where packs.Contains(match.Groups[1].Value)
            select $"{Path.GetRelativePath(source, file)}: {match.Value}";
        var names = Directory.EnumerateFileSystemEntries(source, "*", SearchOption.AllDirectories)
            .Where(path => packs.Contains(Path.GetFileName(path)) || packs.Contains(Path.GetFileNameWithoutExtension(path)));

        Assert.Empty(literals.Concat(names));
    }

    [GeneratedRegex("\"([^\"\\n]*)\"")]
    private static partial Regex StringLiteral();
}

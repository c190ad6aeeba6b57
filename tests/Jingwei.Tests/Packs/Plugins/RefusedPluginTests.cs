using System.Reflection;
using System.Reflection.Emit;
using Jingwei.Sdk;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Plugins;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Jingwei.Tests.Packs.Plugins;

/// <summary>What cannot be a plug-in is told with its file, before anything of it is loaded.</summary>
public sealed class RefusedPluginTests : IDisposable
{
    private readonly ClimatePack packs = new();

    public void Dispose() => packs.Dispose();

    [Fact]
    public void An_assembly_that_references_more_than_the_Sdk_is_refused_with_what_that_is()
    {
        Add("More.dll", Build("More", typeof(PackLoader), typeof(SqliteConnection), typeof(HttpContext), typeof(System.Text.Json.JsonDocument)));
        Assert.Equal(
            ["plugin/More.dll: it references Jingwei.Server", "plugin/More.dll: it references Microsoft.AspNetCore.Http.Abstractions", "plugin/More.dll: it references Microsoft.Data.Sqlite"],
            Problems().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_was_built_against_a_later_Sdk_is_refused_with_both_versions()
    {
        var later = new PersistedAssemblyBuilder(new AssemblyName("Jingwei.Sdk") { Version = new Version(9, 1, 0, 0) }, typeof(object).Assembly);
        var plugin = later.DefineDynamicModule("Jingwei.Sdk").DefineType("Jingwei.Sdk.Plugin", TypeAttributes.Public);
        plugin.CreateType();
        Add("More.dll", Build("More", plugin));
        Assert.Equal(["plugin/More.dll: it was built against Jingwei.Sdk 9.1.0.0, here is 0.1.0.0"], Problems());
    }

    [Fact]
    public void A_name_of_the_servers_own_is_refused()
    {
        Add("More.dll", Build("Jingwei.Server"));
        Assert.Equal(["plugin/More.dll: its assembly is called Jingwei.Server, as one that is not a plug-in's"], Problems());
    }

    [Fact]
    public void The_servers_own_assemblies_are_no_plug_ins()
    {
        Add("Jingwei.Sdk.dll", File.ReadAllBytes(typeof(Plugin).Assembly.Location));
        Assert.Equal(["plugin/Jingwei.Sdk.dll: Jingwei.Sdk is the server's own: leave it out"], Problems());
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_refused()
    {
        Add("Notes.dll", "MZ, but no more"u8.ToArray());
        Assert.Equal(["plugin/Notes.dll: the file is no .NET assembly"], Problems());
    }

    [Fact]
    public void A_plug_in_has_one_assembly_of_a_name()
    {
        Add("Copy.dll", File.ReadAllBytes(ClimatePack.Assembly(ClimatePack.NextBuild)));
        Assert.Equal(["plugin/Copy.dll: another file is the assembly Climate, too"], Problems().Concat([]).Select(problem => problem.Replace("plugin/Climate.dll", "plugin/Copy.dll", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_folder_without_an_assembly_is_told()
    {
        File.Delete(Path.Combine(packs.Folder, "plugin", "Climate.dll"));
        Assert.Equal(["plugin: there are 0 assemblies"], Problems());
    }

    [Fact]
    public void A_larger_file_than_the_limit_is_not_read()
    {
        var limits = PackLimits.Default with { PluginBytes = 100 };
        var problem = Assert.Single(PackLoader.Load(packs.Folder, limits, PluginUse.Allowed).Problems);
        Assert.Equal(("plugin/Climate.dll", "at most 100"), (problem.File, problem.Expected));
    }

    [Fact]
    public void A_decoder_that_the_plug_in_does_not_have_is_told_where_the_channel_names_it()
    {
        packs.Change("channels/climate-frames.yaml", "decoder: climate_frame", "decoder: climate_frames");
        Assert.Equal(["channels/climate-frames.yaml: no decoder climate_frames, did you mean climate_frame?"], Problems());
    }

    [Fact]
    public void Registering_what_cannot_be_is_told()
    {
        var registration = new PluginRegistration();
        registration.Function<double, double>("Dew", "", each => each);
        registration.Function<double, double>("avg", "", each => each);
        registration.Function<double, double>("size", "", each => each);
        registration.Function<int, double>("whole", "", each => each);
        registration.Function<double, double>("none", "", null!);
        registration.Function<double, double>("twice", "", each => each);
        registration.Function<double, long>("twice", "", each => 1);
        registration.Decoder("frame", "", (in message, readings) => null);
        registration.Decoder("frame", "", (in message, readings) => null);
        Assert.Equal(
            [
                "the function \"Dew\" has no name: a lower-case letter, then letters, digits and underscores, at most 64",
                "the function avg is there already, for every pack",
                "the function size is there already, for every pack",
                "the function whole has a parameter or result of type Int32; there are double, long, bool and string",
                "the function none has nothing that it does",
                "the function twice is declared twice",
                "the decoder frame is declared twice",
            ],
            registration.Faults);
        Assert.Equal((1, 1), (registration.Functions.Count, registration.Decoders.Count));
    }

    // An assembly with a field of each of the types.
    private static byte[] Build(string name, params Type[] uses)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule(name).DefineType("Uses", TypeAttributes.Public);
        foreach (var used in uses)
        {
            type.DefineField(used.Name, used, FieldAttributes.Public);
        }

        type.CreateType();
        using var bytes = new MemoryStream();
        assembly.Save(bytes);
        return bytes.ToArray();
    }

    private void Add(string file, byte[] bytes) => packs.Write($"plugin/{file}", bytes);

    private string[] Problems() => [.. PackLoader.Load(packs.Folder, plugins: PluginUse.Allowed).Problems.Select(problem => $"{problem.File}: {problem.Message}")];
}

using Jingwei.Cel;
using Jingwei.Server.Cases;
using Jingwei.Server.Indicators;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Installing;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Packs.Plugins;
using Jingwei.Server.Packs.Signing;

namespace Jingwei.Tests.Packs.Plugins;

public sealed class PluginTests : IDisposable
{
    private readonly ClimatePack packs = new();

    public void Dispose() => packs.Dispose();

    [Fact]
    public void What_a_plug_in_declares_is_the_packs()
    {
        var plugin = Loaded().Plugin!;
        Assert.Equal(["Climate 0.1.0.0"], plugin.Assemblies);
        Assert.Equal(["dew_point(double, double) -> double", "is_series(string, int) -> bool"], plugin.Functions.Select(PluginInfo.SignatureOf));
        Assert.Equal(["climate_frame"], plugin.Decoders.Keys);
    }

    // Magnus formula over water, by hand: gamma = ln 0.5 + 17.62 * 20 / 263.12 = 0.646166; 243.12 * gamma / (17.62 - gamma) = 9.2552.
    [Theory]
    [InlineData("dew_point(20.0, 50.0)", 9.2552)]
    [InlineData("dew_point(20.0, 100.0)", 20.0)]
    [InlineData("temperature - dew_point(temperature, 50.0)", 10.7448)]
    public void Its_functions_are_called_like_any_other(string expression, double value)
    {
        var scope = Scope();
        var result = scope.Compile(expression, CelType.Double).Require().Evaluate(scope.Bind(("temperature", 20.0)));
        Assert.Equal(value, result.AsDouble(), 0.0001);
    }

    [Fact]
    public void Text_whole_numbers_and_truths_pass_both_ways()
    {
        var scope = Scope();
        Assert.True(scope.Compile("is_series('7-1234', 7)", CelType.Bool).Require().Evaluate(scope.Bind()).IsTrue);
        Assert.True(scope.Compile("is_series('17-1234', 7)", CelType.Bool).Require().Evaluate(scope.Bind()).IsFalse);
    }

    [Fact]
    public void A_wrong_call_is_found_by_the_check()
    {
        packs.Change("rules/condensation.yaml", "surface < dew_point(air, humidity)", "surface < dew_point(air, serial)");
        var problem = Assert.Single(Load().Problems);
        Assert.Equal(("climate/rules/condensation.yaml", 4, 17), (problem.File, problem.Line, problem.Column));
        Assert.Contains("dew_point", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_throws_gives_no_value()
    {
        var scope = Scope();
        var result = scope.Compile("dew_point(20.0, 0.0)", CelType.Double).Require().Evaluate(scope.Bind());
        Assert.Equal(CelErrorCode.Host, result.AsError().Code);
        Assert.StartsWith("the plug-in failed: ArgumentOutOfRangeException: A relative humidity is above 0", result.AsError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        var scope = Scope();
        var program = scope.Compile("temperature > dew_point(temperature, 50.0)", CelType.Bool).Require();
        var slots = scope.Bind(("temperature", 20.0));
        for (var warm = 0; warm < 1000; warm++)
        {
            program.Evaluate(slots);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 1000; call++)
        {
            program.Evaluate(slots);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Where_plug_ins_are_not_allowed_that_is_the_only_problem()
    {
        var problem = Assert.Single(PackLoader.Load(packs.Root).Problems);
        Assert.Equal("climate/plugin/Climate.dll: the pack has a plug-in, and plug-ins are not allowed here", $"{problem.File}: {problem.Message}");
        Assert.StartsWith("--plugins allow", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void No_code_runs_of_a_pack_whose_signature_does_not_hold()
    {
        PackSignature.Write(packs.Folder, PackKey.ReadPrivate(PackKey.New().Private)!);
        var trust = PackTrust.Anyone with { PluginsAllowed = true };
        Assert.NotNull(TrustedPacks.Load(packs.Root, trust).Packs);
        Assert.Contains("plugin/Climate.dll", PackSignature.Read(packs.Folder)!.Files.Keys);

        packs.Install(ClimatePack.NextBuild);
        Assert.Equal(
            [
                "the plug-in is not loaded, since the pack is not one that is let in",
                "the file was changed after the pack was signed",
            ],
            TrustedPacks.Load(packs.Root, trust).Problems.Select(problem => problem.Message));
    }

    [Fact]
    public void It_is_installed_and_taken_out_like_any_pack_where_it_is_allowed()
    {
        var into = Path.Combine(packs.Root, ".installed");
        var (change, problems) = new PackInstall(into, PackTrust.Anyone).Add(packs.Folder);
        Assert.Null(change);
        Assert.Equal("plugin/Climate.dll", Assert.Single(problems).File);

        (change, problems) = new PackInstall(into, PackTrust.Anyone with { PluginsAllowed = true }).Add(packs.Folder);
        Assert.Empty(problems);
        Assert.Equal(new PackChange("climate", "1.0.0", null), change);
        Assert.Equal(File.ReadAllBytes(ClimatePack.Assembly(ClimatePack.Build)), File.ReadAllBytes(Path.Combine(into, "climate", "plugin", "Climate.dll")));
        // Taking it out loads nothing.
        Assert.Equal(new PackChange("climate", null, "1.0.0"), new PackInstall(into, PackTrust.Anyone).Remove("climate"));
    }

    [Fact]
    public void Another_build_is_another_pack()
    {
        var before = Loaded();
        packs.Install(ClimatePack.NextBuild);
        var after = Loaded();
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.NotEqual(before.Plugin!.Digest, after.Plugin!.Digest);
    }

    [Fact]
    public void A_figure_is_defined_by_the_build_that_its_formula_calls()
    {
        var (indicator, before) = (Loaded().Indicators[0], Definition());
        Assert.Equal(Loaded().Plugin!.Digest, before.Read().Plugin);
        packs.Install(ClimatePack.NextBuild);
        Assert.NotEqual(before.Digest, Definition().Digest);
        // A formula that calls none is defined by itself, as before there were plug-ins.
        Assert.DoesNotContain("Plugin", IndicatorDefinition.Of(indicator, []).Body, StringComparison.Ordinal);

        IndicatorDefinition Definition() => new IndicatorPlan(Load().Packs!).All.Single().Definition;
    }

    [Fact]
    public void Messages_of_a_packs_test_go_through_the_decoder()
    {
        Assert.Empty(Failures());
        packs.Change("tests/frame.yaml", "payload: \"01", "payload: \"03");
        Assert.Equal(
            [
                "climate/tests/frame.yaml:7: the message of s1 cannot be read: Frames of version 3 are not known.",
                "climate/tests/frame.yaml:10: condensation of s1 is not raised then, but never",
                "climate/tests/frame.yaml:11: old-sensor of s1 is not raised then, but never",
            ],
            Failures());

        packs.Change("tests/frame.yaml", "type: climate-sensor", "type: climate-panel");
        Assert.Contains(Load().Problems, problem => problem.ToString().EndsWith("no channel of climate-panel has a decoder (expected values, or a channel that names a decoder)", StringComparison.Ordinal));

        string[] Failures() => [.. Loaded().Tests.SelectMany(test => CaseTrial.Play(Loaded(), test)).Select(failure => $"{failure.Test.File}:{failure.Line}: {failure.Message}")];
    }

    private CelEnvironment Scope() => ExpressionScope.OfRule([("temperature", PropertyKind.Number)], [], Loaded().Plugin);

    private Pack Loaded() => Load() is { Packs: { } set } ? Assert.Single(set.Packs) : throw new InvalidOperationException(string.Join('\n', Load().Problems));

    private PackLoad Load() => PackLoader.Load(packs.Root, plugins: PluginUse.Allowed);
}

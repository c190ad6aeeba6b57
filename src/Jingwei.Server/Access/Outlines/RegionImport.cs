using System.Text.Json;

namespace Jingwei.Server.Access.Outlines;

/// <summary>What an import of regions does, or would do.</summary>
/// <param name="Made">Codes of regions that are new.</param>
/// <param name="Changed">Codes of regions whose name or outline becomes another.</param>
/// <param name="Same">How many are as the file says already.</param>
public sealed record RegionImportAnswer(bool Written, IReadOnlyList<string> Made, IReadOnlyList<string> Changed, int Same);

/// <summary>Takes regions and their outlines out of a GeoJSON file: all of it, or with any problem nothing.</summary>
internal sealed class RegionImport(Regions regions, RegionOutlines outlines, Caller caller)
{
    // A list that a person mends a file by.
    private const int MostProblems = 200;

    private readonly List<RegionProblem> problems = [];

    public static IReadOnlyList<RegionProblem> NotJson(JsonException fault) => [new("", null, $"a FeatureCollection (RFC 7946); the file is not JSON: {fault.Message}")];

    /// <summary>Reads and checks it all; writes when that is asked for and there is no problem.</summary>
    public (RegionImportAnswer? Answer, IReadOnlyList<RegionProblem> Problems) Run(JsonElement file, bool write)
    {
        var features = Read(file);
        var byCode = features.DistinctBy(feature => feature.Region.Id).ToDictionary(feature => feature.Region.Id, StringComparer.Ordinal);
        foreach (var feature in features)
        {
            Check(feature, byCode);
        }

        if (problems.Count > 0)
        {
            return (null, [.. problems.Take(MostProblems)]);
        }

        var made = InOrder(features.Where(feature => regions.Find(feature.Region.Id) is null), byCode);
        var changed = features.Where(feature => regions.Find(feature.Region.Id) is { } old && IsOther(old, feature)).ToList();
        if (write)
        {
            regions.Write(
                [.. made.Select(feature => feature.Region)],
                [.. changed.Select(feature => feature.Region)],
                (store, transaction) => RegionOutlines.Store(store, transaction, made.Concat(changed).Select(feature => (feature.Region.Id, GeoJson.Write(feature.Shape).ToJsonString()))));
            outlines.Forget();
        }

        return (new(write, [.. made.Select(feature => feature.Region.Id)], [.. changed.Select(feature => feature.Region.Id)], features.Count - made.Count - changed.Count), []);
    }

    private List<RegionFeature> Read(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new("", null, "a FeatureCollection (RFC 7946)"));
            return [];
        }

        return [.. features.EnumerateArray().Select((feature, index) => RegionFeature.Read(feature, $"features[{index}]", problems)).OfType<RegionFeature>()];
    }

    private void Check(RegionFeature feature, Dictionary<string, RegionFeature> byCode)
    {
        var (at, region) = (feature.At, feature.Region);
        if (byCode[region.Id] is var first && first != feature)
        {
            problems.Add(new($"{at}.properties.code", region.Id, $"each code once; {first.At} has it"));
            return;
        }

        if (regions.Find(region.Id) is { } old)
        {
            if (old.Parent != region.Parent || old.Kind != region.Kind)
            {
                problems.Add(new($"{at}.properties.parent", $"{region.Kind} of {region.Parent}", $"{old.Kind} of {old.Parent}, as the region is: regions do not move"));
            }

            RequireRight(at, region.Id);
            return;
        }

        CheckParent(feature, byCode);
    }

    private void CheckParent(RegionFeature feature, Dictionary<string, RegionFeature> byCode)
    {
        var (at, region) = ($"{feature.At}.properties.parent", feature.Region);
        var parent = byCode.GetValueOrDefault(region.Parent!)?.Region ?? regions.Find(region.Parent!);
        if (parent is null)
        {
            problems.Add(new(at, region.Parent, "the code of a region of this file, or of one that is there"));
            return;
        }

        if (Rank(parent) > Rank(region))
        {
            problems.Add(new(at, $"{region.Parent}, a {parent.Kind}", $"a region that a {region.Kind} lies in"));
        }

        var top = region;
        for (var depth = 0; top is not null && byCode.ContainsKey(top.Id) && regions.Find(top.Id) is null; depth++)
        {
            top = byCode.GetValueOrDefault(top.Parent!)?.Region ?? regions.Find(top.Parent!);
            if (depth >= Tree.MaximumDepth)
            {
                problems.Add(new(at, region.Parent, $"a region that is not below this one, and at most {Tree.MaximumDepth} levels"));
                return;
            }
        }

        RequireRight(feature.At, top?.Id ?? Regions.Root);
    }

    private void RequireRight(string at, string region)
    {
        if (!PlaceEndpoints.MayChangeRegions(caller, region, regions))
        {
            problems.Add(new(at, region, "a region that you administer"));
        }
    }

    private bool IsOther(Region old, RegionFeature feature) =>
        old.Name != feature.Region.Name || outlines.Of(old.Id) is not { } shape || !shape.EqualsExact(feature.Shape);

    private static int Rank(Region region) => Regions.Kinds.ToList().IndexOf(region.Kind);

    // Parents first.
    private static List<RegionFeature> InOrder(IEnumerable<RegionFeature> features, Dictionary<string, RegionFeature> byCode) =>
        [.. features.OrderBy(feature => Depth(feature.Region, byCode)).ThenBy(feature => feature.Region.Id, StringComparer.Ordinal)];

    private static int Depth(Region region, Dictionary<string, RegionFeature> byCode) =>
        byCode.TryGetValue(region.Parent ?? "", out var parent) ? Depth(parent.Region, byCode) + 1 : 0;
}

using Jingwei.Server.Access;

namespace Jingwei.Server.Directory.Layers;

/// <summary>Something of a layer: a school, a store of relief goods, the people of a region.</summary>
/// <param name="Key">Unique in its layer.</param>
/// <param name="Position">Where it is; null for what is of a region as a whole.</param>
/// <param name="Region">The region that it is in or of; null where nobody said and no outline holds it.</param>
/// <param name="Value">What it counts: people, beds; 1 where nothing is said.</param>
public sealed record LayerFeature(string Layer, string Party, string Key, string Name, LonLat? Position, string? Region, double Value, string? Contact);

/// <summary>A feature and how far it is.</summary>
/// <param name="Kilometres">Along the earth's surface.</param>
public sealed record NearFeature(LayerFeature Feature, double Kilometres);

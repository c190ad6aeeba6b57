using Jingwei.Text.Entities;
using Jingwei.Text.Fields;
using Jingwei.Text.Lexicons;
using Jingwei.Text.Likeness;
using Jingwei.Text.Routing;
using Jingwei.Text.Sequences;
using Jingwei.Text.Spans;

namespace Jingwei.Text.Models;

/// <summary>A folder of trained models; each is read when it is first asked for.</summary>
/// <param name="folder">The folder.</param>
public sealed class ModelFolder(string folder)
{
    internal const string LexiconFile = "lexicon.model";
    internal const string RegionsFile = "regions.model";
    internal const string SpansFile = "spans.model";
    internal const string EntitiesFile = "entities.model";
    internal const string RarityFile = "rarity.model";
    internal const string LikenessFile = "likeness.model";
    internal const string RoutesFile = "routes.model";

    private readonly Lazy<WordTable> lexicon = new(() => ModelFile.Read(Path.Combine(folder, LexiconFile), WordTable.Read));
    private readonly Lazy<RegionTree> regions = new(() => ModelFile.Read(Path.Combine(folder, RegionsFile), RegionTree.Read));
    private readonly Lazy<ChainModel> spans = new(() => ModelFile.Read(Path.Combine(folder, SpansFile), ChainModel.Read));
    private readonly Lazy<ChainModel> entities = new(() => ModelFile.Read(Path.Combine(folder, EntitiesFile), ChainModel.Read));

    private readonly Lazy<TermRarity> rarity = new(() => ModelFile.Read(Path.Combine(folder, RarityFile), TermRarity.Read));
    private readonly Lazy<LikenessModel> likeness = new(() => ModelFile.Read(Path.Combine(folder, LikenessFile), LikenessModel.Read));

    private readonly Lazy<RouteWeights> routes = new(() => ModelFile.Read(Path.Combine(folder, RoutesFile), RouteWeights.Read));

    /// <summary>The models that come with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "models", "text");

    internal WordTable Lexicon => lexicon.Value;

    internal TermVectors Vectors => new(lexicon.Value, rarity.Value);

    /// <summary>Labels the spans of emergency reports: Time, Location, Participant, Object, Denoter.</summary>
    /// <exception cref="InvalidDataException">A model file is damaged or of another version.</exception>
    /// <exception cref="IOException">A model file is missing.</exception>
    public SequenceTagger OpenSpans() => new(lexicon.Value, spans.Value, SpanTask.Create().Features);

    /// <summary>Reads what reports of incidents state.</summary>
    /// <exception cref="InvalidDataException">A model file is damaged or of another version.</exception>
    /// <exception cref="IOException">A model file is missing.</exception>
    public ReportReader OpenReports() => new(OpenSpans(), regions.Value);

    /// <summary>Labels entities of general text: address, book, company, game, government, movie, name, organization, position, scene.</summary>
    /// <exception cref="InvalidDataException">A model file is damaged or of another version.</exception>
    /// <exception cref="IOException">A model file is missing.</exception>
    public SequenceTagger OpenEntities() => new(lexicon.Value, entities.Value, EntityTask.Create().Features);

    /// <summary>Makes profiles of reports, to be compared.</summary>
    /// <exception cref="InvalidDataException">A model file is damaged or of another version.</exception>
    /// <exception cref="IOException">A model file is missing.</exception>
    public ProfileReader OpenProfiles() => new(lexicon.Value, regions.Value, rarity.Value);

    /// <summary>Compares profiles.</summary>
    /// <exception cref="InvalidDataException">A model file is damaged or of another version.</exception>
    /// <exception cref="IOException">A model file is missing.</exception>
    public LikenessModel OpenLikeness() => likeness.Value;

    /// <summary>Says which office a citizen's message is for.</summary>
    /// <exception cref="InvalidDataException">A model file is damaged or of another version.</exception>
    /// <exception cref="IOException">A model file is missing.</exception>
    public Router OpenRouter() => new(Vectors, routes.Value);
}

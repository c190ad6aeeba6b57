using Jingwei.Text.Sequences;

namespace Jingwei.Text.Entities;

/// <summary>Entities of general text, of the ten kinds of CLUENER2020 (Xu et al. 2020, arXiv 2001.04351).</summary>
internal static class EntityTask
{
    internal static SequenceTask Create() => new()
    {
        Kinds = ["address", "book", "company", "game", "government", "movie", "name", "organization", "position", "scene"],
        Features = ContextFeatures.Add,
        Options = new TrainingOptions { Epochs = 10, Averaged = 5, Rate = 0.1f, Dropout = 0.5f, LeastCount = 2, Seed = 1 },
        Bonus = [1.6f, 1.2f, 1.2f, 1.2f, 1.2f, 1.2f, 1.0f, 1.0f, 1.6f, 1.2f],
        LeastWeight = 0.02f,
    };
}

namespace Jingwei.Text.Sequences;

/// <summary>How a linear-chain conditional random field is trained.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Times that every sequence is seen.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>The last epochs, whose ends are averaged into the model.</summary>
    public int Averaged { get; init; } = 6;

    /// <summary>AdaGrad's step.</summary>
    public float Rate { get; init; } = 0.03f;

    /// <summary>Share of features left out of each position while training, so that no single one is relied on.</summary>
    public float Dropout { get; init; } = 0.5f;

    /// <summary>Decay of the weights of a row each time it is touched.</summary>
    public float Decay { get; init; }

    /// <summary>Features seen less often are left out.</summary>
    public int LeastCount { get; init; } = 2;

    /// <summary>Fields trained with different seeds, whose weights are averaged: what one learned by chance the others did not.</summary>
    public int Members { get; init; } = 1;

    /// <summary>Seed of order and dropout of the first member; the others follow.</summary>
    public int Seed { get; init; } = 1;
}

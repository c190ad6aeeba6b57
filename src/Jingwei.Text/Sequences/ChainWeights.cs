namespace Jingwei.Text.Sequences;

/// <summary>What training learned, before it is made small.</summary>
/// <param name="Scheme">The tags.</param>
/// <param name="Keys">Key of each row.</param>
/// <param name="Rows">Weight of each tag, row by row.</param>
/// <param name="Transitions">Weight of each transition.</param>
internal sealed record ChainWeights(LabelScheme Scheme, uint[] Keys, RowStore Rows, float[] Transitions);

namespace Jingwei.Cel.Planning;

/// <summary>A planned expression: how to run it, and what it is when that is known before it runs.</summary>
internal readonly record struct Step(Evaluator Run, CelValue? Constant = null, int Slot = -1)
{
    public static Step Of(CelValue constant) => new((ref Frame _) => constant, constant);
}

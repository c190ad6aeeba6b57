namespace Jingwei.Demo.Factory.Simulation;

/// <summary>Random times and noise, all drawn from the one generator that the plant was given.</summary>
internal static class Distributions
{
    public static double Exponential(this Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());

    /// <summary>A Weibull variate; a shape above 1 means that failures come with age.</summary>
    public static double Weibull(this Random random, double shape, double scale) =>
        scale * Math.Pow(-Math.Log(1 - random.NextDouble()), 1 / shape);

    /// <summary>Standard normal, by Box and Muller.</summary>
    public static double Gaussian(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Log-normal with this median; repairs are mostly short and now and then very long.</summary>
    public static double LogNormal(this Random random, double median, double sigma) =>
        median * Math.Exp(sigma * random.Gaussian());

    public static double Between(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());
}

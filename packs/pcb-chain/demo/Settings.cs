namespace Jingwei.Demo.PcbChain;

/// <summary>What the program was told.</summary>
/// <param name="Url">HTTP address of the server.</param>
/// <param name="Token">API token with administrator rights.</param>
/// <param name="Speed">How many times faster than the clock the chain works.</param>
/// <param name="Seed">Same seed, same chain.</param>
internal sealed record Settings(Uri Url, string Token, double Speed, int Seed);

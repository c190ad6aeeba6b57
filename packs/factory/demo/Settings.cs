namespace Jingwei.Demo.Factory;

/// <summary>What the program was told.</summary>
/// <param name="Url">HTTP address of the server.</param>
/// <param name="MqttHost">Host of its MQTT listener.</param>
/// <param name="MqttPort">Port of its MQTT listener.</param>
/// <param name="Token">API token with administrator rights.</param>
/// <param name="Speed">How many times faster than the clock the plant runs while live.</param>
/// <param name="Seed">Same seed, same plant.</param>
/// <param name="History">How far back the past is filled.</param>
/// <param name="Things">Number of machines.</param>
/// <param name="English">Names in English instead of Chinese.</param>
internal sealed record Settings(
    Uri Url, string MqttHost, int MqttPort, string Token, double Speed, int Seed, TimeSpan History, int Things, bool English);

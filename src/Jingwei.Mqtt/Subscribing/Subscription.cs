using Jingwei.Mqtt.Packets;
using Jingwei.Mqtt.Sessions;

namespace Jingwei.Mqtt.Subscribing;

/// <summary>One subscription of a session.</summary>
/// <param name="Request">Filter and options as asked.</param>
/// <param name="Identifier">The subscription identifier; 0: none.</param>
internal sealed record Subscription(FilterRequest Request, uint Identifier);

/// <summary>A subscription that matches a topic, and whose it is.</summary>
internal readonly record struct SubscriptionMatch(Session Session, Subscription Subscription);

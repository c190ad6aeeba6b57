using Jingwei.Server.Access;
using Jingwei.Server.Devices.Sparkplug;
using Jingwei.Server.Devices.ThingsBoard;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices;

/// <summary>
/// Who may publish and subscribe where. A thing has its own topics and those of the things that it is gateway for; a
/// token has the topics of the things that it may operate (publish) or see (subscribe); whatever is not named is closed.
/// </summary>
public sealed class TopicRights(Things things)
{
    public bool MayPublish(Caller caller, string topic) => Topic.Parse(topic) switch
    {
        // Readings are judged where they are accounted for, so that a refused one is kept with its reason.
        { Verb: Topic.Readings, Rest: null } => true,
        { Verb: Topic.Replies, Rest: not null } own => SpeaksFor(caller, own.Thing),
        null when ThingsBoardTopics.Are(topic) => caller.Kind == CallerKind.Thing && ThingsBoardTopics.IsPublished(topic),
        null when SparkplugRights.Are(topic) => SparkplugRights.MayPublish(caller, topic, things),
        null => !topic.StartsWith('$') && caller.May(Right.Operate, Scope.Everything),
        _ => false,
    };

    public bool MaySubscribe(Caller caller, string filter) => Topic.Parse(filter) switch
    {
        { Thing: var thing } when IsWildcard(thing) => caller.May(Right.View, Scope.Everything),
        { Thing: var thing } => SpeaksFor(caller, thing) || (things.TryGet(thing, out var found) && caller.May(Right.View, things.ScopeOf(found))),
        // Whatever the filter, a thing gets what is meant for itself.
        null when ThingsBoardTopics.Are(filter) => caller.Kind == CallerKind.Thing,
        null when SparkplugRights.Are(filter) => SparkplugRights.MaySubscribe(caller, filter, things, thing => SpeaksFor(caller, thing)),
        null => !filter.StartsWith('$') && caller.May(Right.Operate, Scope.Everything),
    };

    /// <summary>True for the thing itself, its gateway, and a token with the right to operate it.</summary>
    public bool SpeaksFor(Caller caller, string thing) =>
        (caller.Kind == CallerKind.Thing && caller.Id == thing) ||
        (things.TryGet(thing, out var found) &&
            (caller.Kind == CallerKind.Thing ? found.Gateway == caller.Id : caller.May(Right.Operate, things.ScopeOf(found))));

    private static bool IsWildcard(string level) => level is "+" or "#" or "";
}

using Jingwei.Server.Packs.Drafts;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks channels: the type of things that they create.</summary>
internal static class ChannelCheck
{
    public static void Check(PackDraft draft, ProblemList problems)
    {
        foreach (var channel in draft.Files(Section.Channels))
        {
            var type = channel.Map("create")?.Scalar("type");
            if (draft.Knows(Section.Things, type, "thing type", problems))
            {
                TestCheck.RefuseAbstract(draft, type!, problems);
            }

            draft.Knows(Section.Things, channel.Map("create")?.Scalar("by"), "thing type", problems);
        }
    }
}

using Jingwei.Server.Packs.Drafts;
using Jingwei.Server.Packs.Yaml;

namespace Jingwei.Server.Packs.Checks;

/// <summary>Checks channels: the types of things that come by them or that they create, and what decodes their messages.</summary>
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
            foreach (var named in channel.ScalarsOf("types"))
            {
                draft.Knows(Section.Things, named, "thing type", problems);
            }

            CheckDecoder(draft, channel.Scalar("decoder"), problems);
        }
    }

    private static void CheckDecoder(PackDraft draft, ScalarNode? decoder, ProblemList problems)
    {
        var known = draft.Plugin?.Decoders.Keys ?? [];
        if (decoder is not null && draft.KnowsFunctions && !known.Contains(decoder.Text))
        {
            problems.Add(decoder, $"no decoder {decoder.Text}{Nearest.Hint(decoder.Text, known)}", "a decoder of the pack's plug-in");
        }
    }
}

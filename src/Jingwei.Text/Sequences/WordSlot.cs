using Jingwei.Text.Lexicons;

namespace Jingwei.Text.Sequences;

/// <summary>A word of a sentence.</summary>
/// <param name="Start">Position of its first character.</param>
/// <param name="End">Position behind its last.</param>
/// <param name="Entry">What the lexicon says of it.</param>
/// <param name="Hash">The word itself, as a hash; all digits alike.</param>
internal readonly record struct WordSlot(int Start, int End, WordEntry Entry, uint Hash);

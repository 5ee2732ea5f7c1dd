namespace Plumbline.Features.Kernel.Messages.Structures;

/// <summary>How the names in a structure are written.</summary>
internal enum StructureForm
{
    /// <summary>In quotes, as in JSON or a dictionary that Python prints, whatever they are escaped with.</summary>
    Quoted,

    /// <summary>Without quotes, as in JavaScript.</summary>
    Bare,

    /// <summary>As in an object that a program prints: <c>Reply(text='…', model='…')</c>, <c>Reply[text=…]</c>, <c>Reply { Text = … }</c>.</summary>
    Call,
}

/// <summary>A part of a text that is written as data are.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; the end of the text when it was cut off.</param>
/// <param name="IsCutOff">Whether nothing closes it.</param>
/// <param name="Items">What stands between its separators, at any depth; inner ones before outer ones.</param>
/// <param name="Strings">The values in quotes that may hold structures themselves, without their quotes, in order.</param>
internal sealed record Structure(
    int Start, int End, StructureForm Form, bool IsCutOff, IReadOnlyList<StructureItem> Items, IReadOnlyList<(int Start, int End)> Strings);

/// <summary>What stands between two separators of a structure.</summary>
/// <param name="Of">The bracket that it is within, by its place in the text.</param>
/// <param name="Name">What it is called; null for a value alone.</param>
/// <param name="IsLiteral">Whether its value is in quotes or brackets, or a number.</param>
/// <param name="Before">The separator before it; -1 when it is the first.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">After its last character.</param>
/// <param name="After">The first character after the separator that follows it; <paramref name="End"/> when it is the last.</param>
internal readonly record struct StructureItem(int Of, string? Name, bool IsLiteral, int Before, int Start, int End, int After);

namespace Plumbline.Features.Prompts.Templates;

/// <summary>A mistake in a template.</summary>
/// <param name="Message">The index of the message, from 0.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Code">One of <see cref="TemplateErrors"/>.</param>
/// <param name="Text">A sentence for people.</param>
internal sealed record TemplateError(int Message, int Line, int Column, string Code, string Text)
{
    public override string ToString() => $"Message {Message + 1}, line {Line}, column {Column}: {Text}";
}

/// <summary>The mistakes there are, by the names that the test vectors use.</summary>
internal static class TemplateErrors
{
    public const string UnclosedTag = "unclosed_tag";
    public const string BadTag = "bad_tag";
    public const string UnclosedSection = "unclosed_section";
    public const string UnopenedSection = "unopened_section";
    public const string MismatchedSection = "mismatched_section";
    public const string TooDeep = "too_deep";
    public const string UnknownVariable = "unknown_variable";
    public const string ItemOutsideSection = "item_outside_section";
    public const string NoFields = "no_fields";
    public const string MessagesNotAlone = "messages_not_alone";
}

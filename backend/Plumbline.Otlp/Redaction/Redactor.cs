using System.Text;

namespace Plumbline.Otlp.Redaction;

/// <summary>Applies redaction rules to whatever is about to be stored. May be used by several threads at once. A text in which nothing is found
/// stays as it is to the byte, and allocates nothing as far as only built-in kinds look at it.</summary>
/// <remarks>
/// <para>A text that is JSON is redacted string by string and name by name, as they read without their escapes, JSON in strings among them,
/// and written anew. Two names that become one get numbers, so that nothing is lost.</para>
/// <para>In any other text the rules look at what its escapes (<c>\u0040</c>, <c>%40</c>) stand for, and then at the text as a whole.</para>
/// </remarks>
public sealed class Redactor : IRedactor
{
    [ThreadStatic]
    private static RedactionFrames? _frames;

    private readonly RuleSet _rules;

    /// <summary>Makes the rules ready.</summary>
    /// <param name="patterns">The rules, in their order.</param>
    /// <param name="timeout">Longest time one rule may take over one text; a text that takes longer is not stored at all.</param>
    public Redactor(IEnumerable<RedactionPattern> patterns, TimeSpan timeout) : this(new RuleSet([.. patterns], timeout)) { }

    private Redactor(RuleSet rules) => _rules = rules;

    /// <summary>The same rules for one request.</summary>
    /// <param name="budget">What they may take over its texts; beyond it every method throws <see cref="RedactionTooLongException"/>.</param>
    public Redactor Within(RedactionBudget budget) => new(_rules.Within(budget));

    /// <inheritdoc/>
    public bool TryRedact(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted) => Pass().Text(utf8, 0, out redacted);

    /// <inheritdoc/>
    public bool TryRedact(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted) => Pass().Value(name, utf8, 0, out redacted);

    /// <summary>The text without what the rules take out.</summary>
    public string Redact(string text) => TryRedact(Encoding.UTF8.GetBytes(text), out var redacted) ? Encoding.UTF8.GetString(redacted) : text;

    /// <summary>A JSON text without what the rules take out, numbers among it; it is still JSON afterwards.</summary>
    /// <param name="json">One value of JSON.</param>
    public string RedactJson(string json) => Pass().Json(Encoding.UTF8.GetBytes(json), out var redacted) ? Encoding.UTF8.GetString(redacted) : json;

    private RedactionPass Pass() => new(_rules, _frames ??= new());
}

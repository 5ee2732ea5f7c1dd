using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Tests.Mapping;

namespace Plumbline.Otlp.Tests.Redaction;

public sealed class RedactorTests
{
    private static readonly RedactionPattern[] All =
    [
        new(
            "card", RedactedKind.CreditCard, null, RedactedAs.Mask), new("mail", RedactedKind.Email, null, RedactedAs.Mask), new(
                "ip", RedactedKind.IpAddress, null, RedactedAs.Mask),
        new("secret", RedactedKind.Secret, null, RedactedAs.Mask), new("phone", RedactedKind.Phone, null, RedactedAs.Mask),
    ];

    [Theory]
    [InlineData("write to ann@example.com now", "write to [mail] now")]
    [InlineData("card 4111 1111 1111 1111 ok", "card [card] ok")]
    [InlineData("order 4111 1111 1111 1112 ok", "order 4111 1111 1111 1112 ok")]
    [InlineData("from 192.168.1.20 to 2001:db8::1", "from [ip] to [ip]")]
    [InlineData("version 1.2.3", "version 1.2.3")]
    [InlineData("on 2025-12-15", "on 2025-12-15")]
    [InlineData("call +49 170 1234567", "call [phone]")]
    [InlineData("key sk-abcdefghijklmnopqrstuvwx", "key [secret]")]
    [InlineData("nothing here", "nothing here")]
    public void Redact_TakesOutWhatItShould(string before, string after) => Assert.Equal(after, new Redactor(All, TimeSpan.FromSeconds(1)).Redact(before));

    /// <summary>Each look at the clock is a millisecond later than the last.</summary>
    [Fact]
    public void Within_ABudgetThatIsUsedUp_RefusesTheRestWhole()
    {
        var redactor = new Redactor(All, TimeSpan.FromSeconds(1)).Within(new RedactionBudget(TimeSpan.FromMilliseconds(12), new Ticking()));
        Assert.Equal("to [mail]", redactor.Redact("to ann@example.com"));
        Assert.Equal("to [mail]", redactor.Redact("to bob@example.com"));
        var refused = Assert.Throws<RedactionTooLongException>(() => redactor.Redact("to eve@example.com"));
        Assert.Contains("Send smaller batches", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Ticking : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => now++;
    }

    [Fact]
    public void Hash_KeepsEqualValuesEqual()
    {
        var redactor = new Redactor([new("mail", RedactedKind.Email, null, RedactedAs.Hash)], TimeSpan.FromSeconds(1));
        Assert.Equal(redactor.Redact("a@example.com"), redactor.Redact("a@example.com"));
        Assert.NotEqual(redactor.Redact("a@example.com"), redactor.Redact("b@example.com"));
        Assert.DoesNotContain("example", redactor.Redact("a@example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public void Regex_ThatTakesTooLong_RemovesTheText()
    {
        var redactor = new Redactor([new("slow", RedactedKind.Regex, @"(?=(a+)+$)(a+)+\1b", RedactedAs.Mask)], TimeSpan.FromMilliseconds(50));
        Assert.Equal("[removed: redaction took too long]", redactor.Redact(new string('a', 4000) + "!"));
    }

    [Fact]
    public void Mapping_RedactsMessagesAttributesAndInput()
    {
        var settings = new MappingSettings { Redactor = new Redactor(All, TimeSpan.FromSeconds(1)) };
        var span = Mapped.Span(settings, ("gen_ai.operation.name", "chat"), ("note", "ann@example.com"),
            ("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"I am ann@example.com"}]}]"""));
        Assert.Equal("I am [mail]", span.Input);
        Assert.DoesNotContain("ann@example.com", span.ToString(), StringComparison.Ordinal);
    }
}

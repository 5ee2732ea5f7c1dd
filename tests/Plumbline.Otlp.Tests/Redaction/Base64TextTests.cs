using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Otlp.Tests.Redaction;

/// <summary>What a text in base64 says is redacted, wherever it stands, and it stays base64.</summary>
public sealed class Base64TextTests
{
    private static readonly Redactor Rules = new([new("mail", RedactedKind.Email, null, RedactedAs.Mask)], TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("write to ann@corp.test, please", "write to [mail], please")]
    [InlineData("""{"to":"ann\u0040corp.test"}""", """{"to":"[mail]"}""")]
    [InlineData("Grüße von ann@corp.test aus der Schweiz, und mehr", "Grüße von [mail] aus der Schweiz, und mehr")]
    public void TextInBase64_IsRedacted_AndStaysBase64(string said, string left)
    {
        foreach (var prefix in new[] { "", "data:text/plain;base64," })
        {
            var encoded = prefix + Encoded(said);
            Assert.Equal(prefix + Encoded(left), Rules.Redact(encoded));
            var json = JsonSerializer.Serialize(new[] { new { type = "blob", content = encoded } });
            var redacted = JsonDocument.Parse(Rules.RedactJson(json)).RootElement[0].GetProperty("content").GetString();
            Assert.Equal(prefix + Encoded(left), redacted);
        }
        Assert.Equal(Encoded(Encoded(left)), Rules.Redact(Encoded(Encoded(said))));
    }

    [Fact]
    public void WhatIsNoTextInBase64_StaysToTheLetter()
    {
        byte[] picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. "ann@corp.test, said in a picture"u8];
        byte[] zeros = [.. "ab\0\0"u8, .. "ann@corp.test in a file of bytes"u8];
        string[] kept = [Convert.ToBase64String(picture), Convert.ToBase64String(zeros), Encoded("nobody is named here"), "internationalize", "abcd"];
        Assert.Equal(kept, kept.Select(Rules.Redact));
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

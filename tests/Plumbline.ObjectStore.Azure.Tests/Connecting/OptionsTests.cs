using Azure.Core;

namespace Plumbline.ObjectStore.Azure.Tests.Connecting;

public sealed class OptionsTests
{
    private static readonly AzureObjectStoreOptions Right = new() { Endpoint = new Uri("https://account.blob.core.windows.net"), Container = "plumbline-1" };

    [Fact]
    public void Validate_WhatIsRight_IsSilent()
    {
        Right.Validate();
        (Right with { Credential = new NoCredential() }).Validate();
        (Right with { Endpoint = new Uri("https://account.blob.core.windows.net/?sv=1&sig=x") }).Validate();
        (Right with { Endpoint = new Uri("http://127.0.0.1:10000/devstoreaccount1?sig=x") }).Validate();
        (Right with { Endpoint = null, ConnectionString = "UseDevelopmentStorage=true" }).Validate();
    }

    [Fact]
    public void Validate_SeveralThings_SaysAll()
    {
        var failure = Assert.Throws<ArgumentException>(() => (Right with
        {
            Container = "Plumb--line",
            AttemptTimeout = TimeSpan.Zero,
            Patience = TimeSpan.FromHours(1),
            FirstPause = TimeSpan.Zero,
            LongestPause = TimeSpan.FromDays(1),
            BatchBytes = 0,
            NearlyFullBlocks = 50_000,
        }).Validate());
        foreach (var text in new[]
        {
            "Container is 'Plumb--line'", "AttemptTimeout is 00:00:00 and has to be 00:00:01 to 00:10:00", "Patience is 01:00:00", "FirstPause is 00:00:00",
            "LongestPause is 1.00:00:00", "BatchBytes is 0 and has to be 1 to 104857600", "NearlyFullBlocks is 50000 and has to be 1 to 49999",
        }) Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://account.blob.core.windows.net/?sig=x", "https")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1", "https")]
    [InlineData("https://account.blob.core.windows.net/container?sig=x", "/container")]
    [InlineData("ftp://account", "https://account.blob.core.windows.net")]
    public void Validate_Endpoint_SaysWhatIsWrong(string endpoint, string words)
    {
        var failure = Assert.Throws<ArgumentException>(() => (Right with { Endpoint = new Uri(endpoint) }).Validate());
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=x", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_WhereIsUnclear_SaysSo()
    {
        foreach (var options in new[] { Right with { Endpoint = null }, Right with { ConnectionString = "UseDevelopmentStorage=true" } })
            Assert.Contains("Either ConnectionString or Endpoint", Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
        var both = Right with { Endpoint = new Uri("https://account.blob.core.windows.net/?sig=x"), Credential = new NoCredential() };
        Assert.Contains("Credential is for an Endpoint without", Assert.Throws<ArgumentException>(both.Validate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=a;AccountKey=secret;EndpointSuffix=core.windows.net")]
    [InlineData("DefaultEndpointsProtocol=https;AccountKey=c2VjcmV0")]
    public async Task Open_ConnectionStringThatIsNone_SaysSoAndNotTheKey(string connection)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() =>
            AzureObjectStore.OpenAsync(new AzureObjectStoreOptions { ConnectionString = connection, Container = "plumbline" }));
        Assert.Contains("ConnectionString is none", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", failure.ToString(), StringComparison.Ordinal);
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

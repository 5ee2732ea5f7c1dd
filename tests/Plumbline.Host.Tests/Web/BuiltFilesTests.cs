using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Host.Web;

namespace Plumbline.Host.Tests.Web;

/// <summary>A folder as the build leaves it, served over HTTP.</summary>
public sealed class BuiltFilesTests : IAsyncLifetime
{
    private const string Script = "/assets/app-1a2b.js";
    private static readonly string Content = string.Concat(Enumerable.Repeat("console.log('plumbline');\n", 200));

    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-built-").FullName;
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        Write("index.html", "<!doctype html><title>Plumbline</title>");
        Write(Script, Content);
        Write("assets/inter.woff2", "wOF2");
        Write("secrets.unknown", "of no known type");
        await CompressAsync(Script);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_ => new BuiltFiles(_folder));
        _app = builder.Build();
        _app.UseWebApplicationFiles();
        _app.UseRouting();
        _app.MapWebApplication();
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0", null)]
    [InlineData(null, null)]
    public async Task File_IsSentInTheFormThatTheClientTakes(string? accepted, string? encoding)
    {
        using var answer = await AskAsync(Script, accepted);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
        Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
        Assert.Equal(new FileInfo(PathOf(Script + Ending(encoding))).Length, answer.Content.Headers.ContentLength);
        Assert.Equal(Content, await DecodeAsync(answer, encoding));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task File_AskedForAgain_IsNotSentAgain(string accepted)
    {
        using var first = await AskAsync(Script, accepted);
        using var again = await AskAsync(Script, accepted, r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal("Accept-Encoding", Assert.Single(again.Headers.Vary));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Forms_HaveTagsOfTheirOwn_AndOneDoesNotPassForAnother()
    {
        var tags = new List<EntityTagHeaderValue>();
        foreach (var accepted in new[] { "br", "gzip", "identity" })
        {
            using var answer = await AskAsync(Script, accepted);
            tags.Add(answer.Headers.ETag!);
        }
        Assert.Equal(3, tags.Distinct().Count());
        Assert.DoesNotContain(tags, t => t.IsWeak);
        using var other = await AskAsync(Script, "gzip", r => r.Headers.IfNoneMatch.Add(tags[0]));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Head_TellsOfTheForm_WithoutIt()
    {
        using var answer = await AskAsync(Script, "br", r => r.Method = HttpMethod.Head);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal(new FileInfo(PathOf(Script + ".br")).Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Part_IsOfTheFileAsItIs()
    {
        using var answer = await AskAsync(Script, "br", r => r.Headers.Range = new RangeHeaderValue(8, 10));
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal("log", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(".br")]
    [InlineData(".gz")]
    [InlineData(".BR")]
    public async Task CompressedForm_HasNoAddress(string ending)
    {
        using var answer = await AskAsync(Script + ending, "br");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task CompressedForm_OfAnEarlierBuild_IsPassedOver()
    {
        const string Newer = "console.log('newer');\n";
        Write(Script, Newer);
        File.SetLastWriteTimeUtc(PathOf(Script), File.GetLastWriteTimeUtc(PathOf(Script + ".br")).AddSeconds(1));
        using var answer = await AskAsync(Script, "br");
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(Newer, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Page_OfAnyAddress_IsCompressedAndRevalidated()
    {
        await CompressAsync("index.html");
        using var answer = await AskAsync("/p/acme/main/traces", "br");
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Contains("<title>Plumbline", await DecodeAsync(answer, "br"), StringComparison.Ordinal);
        using var again = await AskAsync("/p/acme/main/prompts", "br", r => r.Headers.IfNoneMatch.Add(answer.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task File_WithoutOtherForms_DoesNotVary()
    {
        using var answer = await AskAsync("/assets/inter.woff2", "br");
        Assert.Equal("wOF2", await answer.Content.ReadAsStringAsync());
        Assert.Empty(answer.Headers.Vary);
    }

    [Theory]
    [InlineData("GET", "/assets/nothing.js", "There is nothing at this address.")]
    [InlineData("POST", Script, "There is nothing at this address.")]
    [InlineData("GET", "/assets/%2e%2e/%2e%2e/etc/passwd", null)]
    [InlineData("GET", "/secrets.unknown", null)]
    public async Task OtherThanAFile_IsNoFile(string method, string path, string? words)
    {
        using var answer = await AskAsync(path, "br", r => r.Method = new HttpMethod(method));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(words is null ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(words ?? "<title>Plumbline", text, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? accepted, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accepted is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        change?.Invoke(request);
        return await _http.SendAsync(request);
    }

    private string PathOf(string name) => Path.Combine(_folder, name.TrimStart('/'));

    private void Write(string name, string content) => File.WriteAllText(PathOf(name), content);

    private async Task CompressAsync(string name)
    {
        var content = await File.ReadAllBytesAsync(PathOf(name));
        await using (var brotli = new BrotliStream(File.Create(PathOf(name + ".br")), CompressionLevel.SmallestSize)) await brotli.WriteAsync(content);
        await using (var gzip = new GZipStream(File.Create(PathOf(name + ".gz")), CompressionLevel.SmallestSize)) await gzip.WriteAsync(content);
    }

    private static string Ending(string? encoding) => encoding switch { "br" => ".br", "gzip" => ".gz", _ => "" };

    private static async Task<string> DecodeAsync(HttpResponseMessage answer, string? encoding)
    {
        var stream = await answer.Content.ReadAsStreamAsync();
        await using var decoded = encoding switch
        {
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}

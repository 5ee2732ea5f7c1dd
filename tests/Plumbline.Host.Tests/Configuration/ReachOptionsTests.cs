using System.Collections;
using Plumbline.Host.Configuration;

namespace Plumbline.Host.Tests.Configuration;

public sealed class ReachOptionsTests
{
    [Fact]
    public void Read_FromTheCommandLineOrTheEnvironment_Alike()
    {
        var written = ServerOptions.Read(
            [
                "--public-url", "https://Plumbline.Example.com:8443/", "--trusted-proxies", "10.1.2.3, fd00::/8", "--allowed-hosts", "a.internal,*.lan",
                "--insecure-http", "allow"
            ],
            new Hashtable());
        var environment = ServerOptions.Read([], new Hashtable
        {
            ["PLUMBLINE_PUBLIC_URL"] = "https://Plumbline.Example.com:8443/",
            ["PLUMBLINE_TRUSTED_PROXIES"] = "10.1.2.3, fd00::/8",
            ["PLUMBLINE_ALLOWED_HOSTS"] = "a.internal,*.lan",
            ["PLUMBLINE_INSECURE_HTTP"] = "allow",
        });
        foreach (var read in new[] { written, environment })
        {
            Assert.Empty(read.Problems);
            var reach = read.Options.Reach;
            Assert.Equal(new Uri("https://plumbline.example.com:8443"), reach.PublicUrl);
            Assert.Equal(["10.1.2.3/32", "fd00::/8"], reach.TrustedProxies.Select(p => p.ToString()));
            Assert.Equal(["a.internal", "*.lan"], reach.AllowedHosts);
            Assert.Equal(InsecureHttp.Allow, reach.InsecureHttp);
        }
    }

    [Theory]
    [InlineData("--public-url", "http://plumbline.example.com")]
    [InlineData("--public-url", "plumbline.example.com")]
    [InlineData("--public-url", "https://plumbline.example.com/app")]
    [InlineData("--public-url", "https://plumbline.example.com/?a=b")]
    [InlineData("--public-url", "https://plumbline.example.com/#a")]
    [InlineData("--public-url", "https://user:password@plumbline.example.com")]
    [InlineData("--trusted-proxies", "0.0.0.0/0")]
    [InlineData("--trusted-proxies", "::/0")]
    [InlineData("--trusted-proxies", "proxy.internal")]
    [InlineData("--trusted-proxies", "10.0.0.0/33")]
    [InlineData("--trusted-proxies", "10.0.0.1,any")]
    [InlineData("--trusted-proxies", ",")]
    [InlineData("--allowed-hosts", "*")]
    [InlineData("--allowed-hosts", "a.internal:5080")]
    [InlineData("--allowed-hosts", "https://a.internal")]
    [InlineData("--insecure-http", "yes")]
    public void Read_WhatCannotBe_NamesItselfAndWhatCan(string option, string value)
    {
        var problem = Assert.Single(ServerOptions.Read([option, value], new Hashtable()).Problems);
        Assert.StartsWith($"{option} (PLUMBLINE_", problem, StringComparison.Ordinal);
        Assert.Contains($"is '{value}'; allowed are", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MoreProxiesThanCanBe_IsRefused()
    {
        var most = string.Join(',', Enumerable.Range(0, ReachOptions.MostEntries).Select(i => $"10.0.0.{i}"));
        Assert.Empty(ServerOptions.Read(["--trusted-proxies", most], new Hashtable()).Problems);
        Assert.Single(ServerOptions.Read(["--trusted-proxies", most + ",10.0.1.1"], new Hashtable()).Problems);
    }

    [Theory]
    [InlineData("loopback", null, null, true)]
    [InlineData("any", null, null, false)]
    [InlineData("any", "--public-url", "https://plumbline.example.com", true)]
    [InlineData("any", "--trusted-proxies", "10.0.0.0/8", true)]
    [InlineData("any", "--insecure-http", "allow", true)]
    [InlineData("any", "--insecure-http", "refuse", false)]
    [InlineData("any", "--allowed-hosts", "a.internal", false)]
    public void Listening_ForOtherMachines_NeedsAWordOnTls(string listen, string? option, string? value, bool starts)
    {
        string[] arguments = ["--listen", listen, .. option is null ? Array.Empty<string>() : [option, value!]];
        var problems = ServerOptions.Read(arguments, new Hashtable()).Problems;
        if (starts) Assert.Empty(problems);
        else Assert.Contains("passwords and sessions would travel in the clear", Assert.Single(problems), StringComparison.Ordinal);
    }
}

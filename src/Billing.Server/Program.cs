using Billing.Server;
using Billing.Server.BillingRun;
using Billing.Server.Demo;
using Billing.Server.Http;
using Billing.Server.Import;
using Billing.Server.Pages;
using Billing.Server.Pages.SignIn;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddBilling(builder.Configuration);
builder.Services.AddApi();
builder.Services.AddPages();

if (args is ["import", ..]) return await ImportCommand.RunAsync(builder, args);
if (args is ["run", ..]) return await RunCommand.RunAsync(builder, args);
if (args is ["keys", ..]) return await KeysCommand.RunAsync(builder, args);
if (args is ["office-link", ..]) return await OfficeLinkCommand.RunAsync(builder, args);

builder.Services.AddSchedule(builder.Configuration);
builder.Services.AddDemoMerchant(builder.Configuration);

var app = builder.Build();
await Opening.PrepareAsync(app);
app.UseApi();
app.UsePages();
app.BuildEndpointsOnce();
await app.RunAsync();
return 0;

/// <summary>The program; named so that tests can start it.</summary>
public partial class Program;

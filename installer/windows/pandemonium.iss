; Inno Setup 6. installer/build.py calls it:   iscc /DVersion=... /DProgram=FOLDER /DOut=FOLDER /DIcon=FILE pandemonium.iss

#ifndef Version
  #error "Call installer/build.py --packages, which says which version is packed and where it lies."
#endif

[Setup]
AppId={{8D3B4E5C-6F0A-4B7E-9C41-5E2A7D1F90B6}
AppName=Pandemonium
AppVersion={#Version}
AppPublisher=The Pandemonium authors
DefaultDirName={autopf}\Pandemonium
DefaultGroupName=Pandemonium
DisableProgramGroupPage=yes
; for this user alone, without an administrator, unless she asks otherwise
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
LicenseFile={#SourcePath}\..\..\LICENSE
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\pandemonium.exe
OutputDir={#Out}
OutputBaseFilename=pandemonium-{#Version}-setup
ChangesAssociations=yes
ChangesEnvironment=yes
; a window that is open is asked to close, and opened again afterwards
CloseApplications=yes

[Types]
Name: "full"; Description: "Write, and train voices of your own"
Name: "compact"; Description: "Write only (smaller)"
Name: "custom"; Description: "Choose"; Flags: iscustom

[Components]
Name: "writing"; Description: "The writing desk and the voice that comes with it"; Types: full compact custom; Flags: fixed
Name: "training"; Description: "What training voices takes (PyTorch)"; Types: full

[Tasks]
Name: "desktopicon"; Description: "Put an icon on the desktop"; Flags: unchecked
Name: "path"; Description: "Let terminals find the 'pandemonium' command"; Flags: unchecked

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Components: writing; Excludes: "\_internal\torch*,\_internal\functorch*,\_internal\sympy*,\_internal\mpmath*"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "{#Program}\_internal\torch*"; DestDir: "{app}\_internal"; Components: training; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "{#Program}\_internal\functorch*"; DestDir: "{app}\_internal"; Components: training; Flags: recursesubdirs createallsubdirs ignoreversion skipifsourcedoesntexist
Source: "{#Program}\_internal\sympy*"; DestDir: "{app}\_internal"; Components: training; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "{#Program}\_internal\mpmath*"; DestDir: "{app}\_internal"; Components: training; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\Pandemonium"; Filename: "{app}\pandemonium.exe"
Name: "{autodesktop}\Pandemonium"; Filename: "{app}\pandemonium.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.voice"; ValueType: string; ValueData: "Pandemonium.Voice"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Pandemonium.Voice"; ValueType: string; ValueData: "Pandemonium voice"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Pandemonium.Voice\DefaultIcon"; ValueType: string; ValueData: "{app}\pandemonium.exe,0"
Root: HKA; Subkey: "Software\Classes\Pandemonium.Voice\shell\open\command"; ValueType: string; ValueData: """{app}\pandemonium.exe"" ""%1"""
; it is offered under "Open with", and takes no kind of file over
Root: HKA; Subkey: "Software\Classes\Applications\pandemonium.exe\shell\open\command"; ValueType: string; ValueData: """{app}\pandemonium.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\pandemonium.exe\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\pandemonium.exe\SupportedTypes"; ValueType: string; ValueName: ".md"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\pandemonium.exe\SupportedTypes"; ValueType: string; ValueName: ".docx"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\pandemonium.exe\SupportedTypes"; ValueType: string; ValueName: ".odt"; ValueData: ""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: IsNotInPath

[Run]
Filename: "{app}\pandemonium.exe"; Description: "Open Pandemonium"; Flags: nowait postinstall skipifsilent

[Code]
function IsNotInPath: Boolean;
var
  Path: string;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Path) + ';') = 0;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Path, App: string;
  Place: Integer;
begin
  { What lies in the writer's own folders (documents, voices, settings) is never touched. }
  if (CurUninstallStep = usPostUninstall) and RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
  begin
    App := ';' + ExpandConstant('{app}');
    Place := Pos(Lowercase(App), Lowercase(Path));
    if Place > 0 then
    begin
      Delete(Path, Place, Length(App));
      RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Path);
    end;
  end;
end;
